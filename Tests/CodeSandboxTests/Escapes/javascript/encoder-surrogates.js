// tries: encoding half surrogates and thirty megabytes
// contained: value [3,true]
// contained: failure memoryLimit
[new TextEncoder().encode("\ud800").length, new TextEncoder().encode("ä".repeat(3e6)).length === 6e6]
