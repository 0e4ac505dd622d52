// tries: with, labels and sloppy-mode constructs in a module
// contained: failure syntaxError
here: with (callAPI) { break here; }
