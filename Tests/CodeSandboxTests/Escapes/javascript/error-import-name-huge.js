// tries: an import whose name is megabytes long
// contained: failure exception "cannot import"
await import('./' + 'x'.repeat(3e6));
