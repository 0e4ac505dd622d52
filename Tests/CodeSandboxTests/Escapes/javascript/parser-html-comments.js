// tries: HTML comments, which a module must refuse
// contained: failure syntaxError
<!-- callAPI("x")
1
