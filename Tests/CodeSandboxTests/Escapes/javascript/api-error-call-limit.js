// tries: a forged error that poses as a limit of the sandbox
// contained: failure hostCallLimit "mine"
throw new APIError('mine', { code: 'hostCallLimit' });
