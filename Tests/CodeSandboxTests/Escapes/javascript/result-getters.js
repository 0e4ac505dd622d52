// tries: getters in the result that make host calls while it is written
// contained: failure exception
// contained: value {"x":{}}
// contained: failure unserializableResult "promise"
({ get x() { return callAPI('late'); } })
