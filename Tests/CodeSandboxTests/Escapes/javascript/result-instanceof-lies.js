// tries: objects that pose as Date, Map, Set and RegExp by their prototype
// contained: failure exception
[Object.create(Date.prototype), Object.create(Map.prototype)]
