// tries: half surrogates in routes and arguments
// contained: value "�"
(await callAPI('x', { text: '\ud800' })).arguments.text
