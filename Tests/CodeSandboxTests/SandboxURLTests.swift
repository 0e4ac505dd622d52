import CodeSandbox
import Testing

struct SandboxURLTests {
    @Test(
        "parses as the standard says",
        arguments: [
            ("HTTP://User:Pa%20ss@EXAMPLE.com:80/a/./b/../c?x=1#f", "http://User:Pa%20ss@example.com/a/c?x=1#f"),
            ("https://example.com", "https://example.com/"),
            ("https:example.com", "https://example.com/"),
            ("https:\\\\example.com\\a", "https://example.com/a"),
            ("  https://example.com/\n a b ", "https://example.com/%20a%20b"),
            ("https://example.com:8443/", "https://example.com:8443/"),
            ("https://example.com:0443/", "https://example.com/"),
            ("https://example.com/ü?q=ü'\"#ü`", "https://example.com/%C3%BC?q=%C3%BC%27%22#%C3%BC%60"),
            ("https://example.com/%2e%2E/x/%2e", "https://example.com/x/"),
            ("https://example.com/a//b///", "https://example.com/a//b///"),
            ("https://example.com/..", "https://example.com/"),
            ("https://ex%41mple.com/", "https://example.com/"),
            ("https://a@b@c/", "https://a%40b@c/"),
            ("https://:p@h/", "https://:p@h/"),
            ("https://1.2.3/", "https://1.2.0.3/"),
            ("https://0x7f.1/", "https://127.0.0.1/"),
            ("https://0300.168.0.1./", "https://192.168.0.1/"),
            ("https://4294967295/", "https://255.255.255.255/"),
            ("https://[2001:DB8:0:0:1:0:0:1]:81/", "https://[2001:db8::1:0:0:1]:81/"),
            ("https://[::ffff:1.2.3.4]/", "https://[::ffff:102:304]/"),
            ("https://[::]/", "https://[::]/"),
            ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
            ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"),
            ("data:text/plain,a b", "data:text/plain,a b"),
            ("bitetrack://tools/sales/../auth", "bitetrack://tools/auth"),
            ("foo://Host/A?'#x", "foo://Host/A?'#x"),
            ("foo:/a/../b", "foo:/b"),
            ("foo:/.//p", "foo:/.//p"),
            ("foo://h", "foo://h"),
            ("https://h?", "https://h/?"),
            ("https://h#", "https://h/#"),
            ("https://h/\u{1F642}", "https://h/%F0%9F%99%82"),
        ])
    func parses(input: String, href: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run("new URL(\(Self.quoted(input))).href")
            #expect(run.value == Self.quoted(href), "\(String(describing: run.failure))")
        }
    }

    @Test(
        "resolves against a base",
        arguments: [
            ("../c?x#y", "https://h/a/b/d?q#f", "https://h/a/c?x#y"), ("", "https://h/a?q#f", "https://h/a?q"),
            ("?x", "https://h/a?q#f", "https://h/a?x"), ("#x", "https://h/a?q#f", "https://h/a?q#x"),
            ("/x", "https://u:p@h:81/a", "https://u:p@h:81/x"), ("//g/x", "https://h/a", "https://g/x"),
            ("\\\\g\\x", "https://h/a", "https://g/x"), ("https:x", "https://h/a/b", "https://h/a/x"),
            ("http:x", "https://h/a/b", "http://x/"), ("g:x", "https://h/a", "g:x"),
            (".", "https://h/a/b", "https://h/a/"),
            ("../../../x", "https://h/a/b", "https://h/x"), ("x", "foo://h", "foo://h/x"),
            ("#x", "mailto:a@b", "mailto:a@b#x"),
            ("//x/y", "foo://h/a", "foo://x/y"), ("x:y", "foo://h/a", "x:y"), ("./a:b", "https://h/", "https://h/a:b"),
        ])
    func relative(input: String, base: String, href: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run("new URL(\(Self.quoted(input)), \(Self.quoted(base))).href")
            #expect(run.value == Self.quoted(href), "\(String(describing: run.failure))")
        }
    }

    @Test(
        "refuses what is no URL, with the reason",
        arguments: [
            ("'/relative'", "no scheme"), ("''", "no scheme"), ("'https://'", "there is no host"),
            ("'https://h:99999/'", "the port '99999'"), ("'https://h:8a/'", "the port '8a'"),
            ("'https://a b/'", "forbidden character"), ("'https://1.2.3.256/'", "the IPv4 address"),
            ("'https://1.2.3.4.5/'", "at most four"), ("'https://[1::2::3]/'", "the IPv6 address"),
            ("'https://[::1/'", "is not closed"), ("'https://m\u{FC}nchen.example/'", "xn-- form"),
            ("'https://%C3%BC.example/'", "xn-- form"), ("'file:///etc/passwd'", "file: URLs are not supported"),
            ("'x', 'mailto:a@b'", "has no path to start from"), ("'x', 'y'", "no scheme"),
            ("'https://user@/'", "there is no host"),
            ("'https://%zz/'", "not UTF-8"),
        ])
    func refuses(arguments: String, words: String) async throws {
        try await withSandbox { sandbox in
            let code = """
                const tell = (f) => { try { return f() } catch (e) { return e.name + ': ' + e.message } };
                [tell(() => new URL(\(arguments))), URL.canParse(\(arguments)), URL.parse(\(arguments))]
                """
            let run = await sandbox.run(code)
            let value = try #require(run.value, "\(String(describing: run.failure))")
            #expect(value.hasPrefix(#"["TypeError: Invalid URL "#))
            #expect(value.hasSuffix(",false,null]"))
            #expect(value.contains(words), "\(value)")
        }
    }

    @Test(
        "has the standard's parts",
        arguments: [
            (
                "const u = new URL('https://us%65r:p@h.example:81/p/q?a=1#f'); [u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, String(u), JSON.stringify(u)]",
                ##"["https://h.example:81","https:","us%65r","p","h.example:81","h.example","81","/p/q","?a=1","#f","https://us%65r:p@h.example:81/p/q?a=1#f","\"https://us%65r:p@h.example:81/p/q?a=1#f\""]"##
            ),
            ("const u = new URL('data:x'); [u.origin, u.host, u.pathname, u.search]", #"["null","","x",""]"#),
            (
                "const u = new URL('https://h/?a=1'); u.searchParams.append('b', 'x y'); const one = u.href; u.search = '?c=3'; const p = u.searchParams; [one, p.get('c'), p.get('a'), p === u.searchParams, (p.delete('c'), u.href)]",
                #"["https://h/?a=1&b=x+y","3",null,true,"https://h/"]"#
            ),
            (
                "const u = new URL('https://h/?b=2&a=1'); u.searchParams.sort(); const s = u.search; u.searchParams.set('a', '9'); [s, u.search, (u.href = 'https://g/?z=1', u.searchParams.get('z'))]",
                #"["?a=1&b=2","?a=9&b=2","1"]"#
            ),
            (
                "const u = new URL('https://h/'); u.protocol = 'http'; u.host = 'G.example:8080'; u.pathname = 'a b/../c'; u.hash = 'x y'; u.username = 'me:'; u.password = 'p@'; u.href",
                #""http://me%3A:p%40@g.example:8080/c#x%20y""#
            ),
            (
                "const u = new URL('https://h:1/'); u.port = ''; u.hostname = '::bad'; u.protocol = 'foo'; u.port = '70000'; u.port = 'x'; u.port = '443'; u.href",
                #""https://h/""#
            ),
            ("const u = new URL('https://h/?q#f'); u.search = ''; u.hash = ''; u.href", #""https://h/""#),
            (
                "const u = new URL('https://h/'); try { u.hostname = 'm\u{FC}'; 'set' } catch (e) { e.message }",
                #""Invalid host: the host 'mü' is not ASCII, which is not supported here: write its xn-- form""#
            ),
            ("try { new URL('https://h/').href = 'no' } catch (e) { e.name }", #""TypeError""#),
            ("URL.parse('/x', 'https://h/y').href + URL.canParse('x:y')", #""https://h/xtrue""#),
            ("const u = new URL('https://h/'); new URL(u).href + (new URL('a', u)).href", #""https://h/https://h/a""#),
            ("try { URL.prototype.x = 1; 'set' } catch (e) { e.name }", #""TypeError""#),
            ("try { URL('https://h/') } catch (e) { e.name }", #""TypeError""#),
            (
                "try { structuredClone(new URL('a:b')) } catch (e) { e.message }",
                #""structuredClone cannot copy a URL""#
            ),
        ])
    func parts(code: String, json: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(code)
            #expect(run.value == json, "\(String(describing: run.failure))")
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
