// tries: an import whose name is a megabyte long
// contained: failure exception "cannot import"
await import('./' + 'x'.repeat(1e6));
