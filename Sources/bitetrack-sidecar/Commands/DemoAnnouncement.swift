import DemoAPI
import HTTPServer
import JSON

/// What `demo` prints once it is ready: where it is, how to log in, how to connect a client, what to try.
struct DemoAnnouncement {
    let url: String
    let apiURL: String
    let certificate: DemoCertificate?

    private var admin: DemoAccount { DemoAPI.accounts.first { $0.role == .admin } ?? DemoAPI.accounts[0] }

    var json: String {
        let accounts = DemoAPI.accounts.map { account -> JSONValue in
            [
                "email": .string(account.email), "password": .string(account.password),
                "role": .string(account.role.rawValue),
            ]
        }
        let announcement: JSONValue = [
            "url": .string(self.url), "api": .string(self.apiURL),
            "certificate": (self.certificate?.certificateFile).map { .string($0) } ?? .null,
            "fingerprint": (self.certificate?.fingerprint).map { .string($0) } ?? .null, "accounts": .array(accounts),
        ]
        return announcement.text
    }

    var text: String {
        let trust =
            self.certificate.map {
                """
                certificate      \($0.certificateFile)  (self-signed; Node clients: NODE_EXTRA_CA_CERTS=<that file>)
                fingerprint      \($0.fingerprint)
                """
            } ?? "certificate      none, plain HTTP"
        return """
            BiteTrack sidecar, demo
            MCP              \(self.url)
            demo login       \(self.admin.email) / \(self.admin.password)
            demo API         \(self.apiURL)
            \(trust)

            Connect a client
              Claude Code    claude mcp add --transport http bitetrack \(self.url)
              Codex          codex mcp add bitetrack --url \(self.url)
              VS Code        .vscode/mcp.json  {"servers": {"bitetrack": {"type": "http", "url": "\(self.url)"}}}
              Cursor         .cursor/mcp.json  {"mcpServers": {"bitetrack": {"url": "\(self.url)"}}}
              Warp           Settings > MCP    {"bitetrack": {"url": "\(self.url)"}}

            A script for run_code
              import * as auth from "./tools/auth";
              import * as sales from "./tools/sales";
              await auth.login({ email: "\(self.admin.email)", password: "\(self.admin.password)" });
              const { sales: rows } = await sales.getSales({ settled: false });
              console.log(`Found ${rows.length} unpaid sales`);
              rows.reduce((sum, sale) => sum + sale.totalAmount - sale.amountPaid, 0);

            Ctrl-C ends it.
            """
    }
}
