// tries: prototype keys and broken percent signs in URLSearchParams
// contained: value ["__proto__=1&a=%EF%BF%BD&b=%25zz",null,false]
const p = new URLSearchParams("__proto__=1&a=%ff&b=%zz");
[String(p), p.get("constructor"), ({}).a === ""]
