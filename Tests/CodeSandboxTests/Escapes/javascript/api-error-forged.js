// tries: an APIError of the script that poses as one of the host
// contained: failure exception "forged"
throw new APIError('forged', { status: 200, code: 'forged', hint: { toJSON() { throw 1; } } });
