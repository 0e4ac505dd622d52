// tries: objects that pose as Date, Map, Set and RegExp by their prototype
// contained: failure unserializableResult "not a Date object"
[Object.create(Date.prototype), Object.create(Map.prototype)]
