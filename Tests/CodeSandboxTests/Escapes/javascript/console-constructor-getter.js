// tries: code run by the name of a constructor while something is printed
// contained: value "printed"
class Sly { }
Object.defineProperty(Sly, "name", { get() { throw new Error("name"); } });
console.log(new Sly());
"printed"
