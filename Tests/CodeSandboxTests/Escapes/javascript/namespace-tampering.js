// tries: changing an imported namespace and its exports
// contained: value ["TypeError","TypeError","TypeError"]
const api = await import('bitetrack:api');
const names = [];
for (const attempt of [() => { api.callAPI = 1; }, () => { delete api.callAPI; }, () => Object.defineProperty(api, 'callAPI', { value: 1 })]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
names
