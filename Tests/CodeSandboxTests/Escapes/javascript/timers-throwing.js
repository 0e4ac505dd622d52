// tries: a timer that throws after the script has its value
// contained: failure exception "late"
setTimeout(() => { throw new Error("late"); }, 5);
1
