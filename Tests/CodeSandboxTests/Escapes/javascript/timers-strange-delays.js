// tries: timers with delays that are no numbers
// contained: value ["NaN","-1","object","big"]
const order = [];
setTimeout(() => order.push('NaN'), NaN); setTimeout(() => order.push('-1'), -1); setTimeout(() => order.push('object'), { valueOf: () => 0 });
let big = setTimeout(() => order.push('never'), 1e300); clearTimeout(big); clearTimeout(-1); clearTimeout({}); clearTimeout(2 ** 53);
setTimeout(() => order.push('big'), 20);
await new Promise((r) => setTimeout(r, 40));
order
