// tries: a hashbang line
// contained: value 7
#!/usr/bin/env node --allow-all
7
