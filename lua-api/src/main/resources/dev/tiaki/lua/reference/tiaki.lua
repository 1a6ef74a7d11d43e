---@meta

--- # Own additions
---
--- What Haka did not have stands in the table `tiaki` and on its objects, so that no name of Haka means something else.
--- `require('tiaki')` gives the table too. Every operation on a shared dictionary is done at once for all workers:
--- `d:add(key, true, 60)` is true in one of them only. A reload of the rules stops the timers of the old ones; shared values stay.

tiaki = {}

---Calls a function once, with the first packet that is so much network time later; when it returns true, again after the same
---time. A failure is logged as `timer: …` and ends it. At most 100 000 wait. Error `invalid number of seconds: x`,
---`too many timers: 100000 are waiting`.
---
---```lua
---local seen = 0
---haka.rule{
---  on = haka.dissectors.tcp_connection.events.new_connection,
---  eval = function () seen = seen + 1 end
---}
---tiaki.timer(60, function ()
---  haka.log("%d connections in this minute", seen)
---  seen = 0
---  return true
---end)
---```
---@param seconds number
---@param f fun(): boolean?
---@return haka.Timer
function tiaki.timer(seconds, f) end

---A timer that waits.
---@class haka.Timer
local Timer = {}

---Takes it back.
function Timer:cancel() end

---Whether it waits.
---@return boolean
function Timer:pending() end

---How large a shared dictionary may be, when it is made.
---@class haka.SharedOptions
---@field entries? integer At most so many entries: 1 to 100 000, which is the default.
---@field bytes? integer At most so many octets: 1 to 64 MiB, which is the default.

---Returns the dictionary of this name, which all workers share. When it is full, what was written longest ago makes room. Error
---`too many shared dictionaries`: there may be 256.
---
---```lua
---local seen = tiaki.shared("seen")
---seen:set("a", { count = 1 }, 60)
---print(seen:get("a").count, seen:incr("n"), seen:incr("n", 2))
-----> 1 1 3
---```
---@param name string
---@param options? haka.SharedOptions
---@return haka.SharedDictionary
function tiaki.shared(name, options) end

---A dictionary that all workers share. Keys are strings and numbers; values booleans, numbers, strings and flat tables of
---these, which are copied.
---@class haka.SharedDictionary
local SharedDictionary = {}

---@param key string|number
---@return any
function SharedDictionary:get(key) end

---Sets a value, which is gone after so many seconds of network time; nil deletes it.
---@param key string|number
---@param value boolean|number|string|table|nil
---@param seconds? number
function SharedDictionary:set(key, value, seconds) end

---Sets a value unless there is one; tells whether it did.
---@param key string|number
---@param value boolean|number|string|table
---@param seconds? number
---@return boolean
function SharedDictionary:add(key, value, seconds) end

---Adds to a number, 0 when there is none, and returns the sum. A number keeps the time that it was made with. Error
---`the value of 'x' is not a number`.
---@param key string|number
---@param by? number 1 unless told.
---@param seconds? number
---@return number
function SharedDictionary:incr(key, by, seconds) end

---Tells whether there was a value.
---@param key string|number
---@return boolean
function SharedDictionary:delete(key) end

---@return (string|number)[]
function SharedDictionary:keys() end

---@return integer
function SharedDictionary:count() end

function SharedDictionary:clear() end

---How many values had to make room for others.
---@return integer
function SharedDictionary:evicted() end
