// tries: a host call from a job that runs after the value is known
// contained: value 1
// sees: callAPI {"route":"late","arguments":{}}
Promise.resolve().then(() => {}).then(() => callAPI("late"));
1
