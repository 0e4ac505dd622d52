// tries: replacing a built-in through the setter of an overridable one
// contained: value ["TypeError","[object Object]","mine"]
let name;
try { Object.prototype.toString = () => 'everywhere'; } catch (error) { name = error.name; }
const own = {};
own.toString = () => 'mine';
[name, String({}), String(own)]
