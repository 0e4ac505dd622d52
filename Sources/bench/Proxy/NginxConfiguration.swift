/// nginx as the origin of both proxies, and as the proxy beside us.
enum NginxConfiguration {
    /// Answers files of the folder: below `/cached/` for an hour, below `/uncached/` not to be kept.
    static func origin(port: Int, folder: String) -> String {
        self.program(
            folder: folder, name: "origin",
            """
                server {
                    listen 127.0.0.1:\(port) backlog=4096;
                    default_type application/json;
                    location /cached/ { root \(folder); add_header Cache-Control "public, max-age=3600"; }
                    location /uncached/ { root \(folder); add_header Cache-Control "no-store"; }
                }
            """)
    }

    /// Forwards over kept connections, caches what it may and limits requests to more than there will be.
    static func proxy(port: Int, origin: Int, folder: String, certificate: String, key: String) -> String {
        self.program(
            folder: folder, name: "proxy",
            """
                proxy_cache_path \(folder)/cache keys_zone=answers:64m max_size=1g;
                limit_req_zone $binary_remote_addr zone=clients:1m rate=1000000r/s;
                upstream origin { server 127.0.0.1:\(origin); keepalive 64; }
                server {
                    listen 127.0.0.1:\(port) ssl backlog=4096;
                    ssl_certificate \(certificate);
                    ssl_certificate_key \(key);
                    ssl_protocols TLSv1.3;
                    location / {
                        limit_req zone=clients burst=100000 nodelay;
                        proxy_pass http://origin;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $host;
                        proxy_cache answers;
                    }
                }
            """)
    }

    private static func program(folder: String, name: String, _ servers: String) -> String {
        """
        daemon off;
        worker_processes auto;
        pid \(folder)/\(name).pid;
        error_log \(folder)/\(name).log error;
        events { worker_connections 4096; }
        http {
            access_log off;
            sendfile on;
            tcp_nodelay on;
            keepalive_requests 1000000000;
            client_body_temp_path \(folder)/\(name)-body;
            proxy_temp_path \(folder)/\(name)-proxy;
            fastcgi_temp_path \(folder)/\(name)-fastcgi;
            uwsgi_temp_path \(folder)/\(name)-uwsgi;
            scgi_temp_path \(folder)/\(name)-scgi;
        \(servers)
        }
        """
    }
}
