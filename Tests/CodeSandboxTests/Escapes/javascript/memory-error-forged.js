// tries: a forged error that poses as the memory limit
// contained: failure memoryLimit
class InternalError extends Error {}
const error = new InternalError('out of memory');
error.name = 'InternalError';
throw error;
