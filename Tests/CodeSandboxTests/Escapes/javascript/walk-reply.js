// tries: reaching the host through the objects of a reply
// contained: value true
// reply: {"list":[{"a":1}],"text":"t"}
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
const reply = await callAPI('x');
[reply, reply.list, reply.list[0], reply.text].map(reach).every(nothing)
