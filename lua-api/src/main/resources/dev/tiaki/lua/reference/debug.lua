---@meta

--- # Looking into rules
---
--- At a prompt a line is tried as an expression, whose values are shown, then as a statement; one that is not complete goes on in the
--- next line; `return` and ^D end it. Each line has the budget of an event. Assigning to a local changes it at the prompt only. Tab
--- completes names, fields, attributes and methods. `--debug-lua` of `replay`, `run` and `hakapcap` starts the debugger, which stops at
--- failing rules, breakpoints and ^C, and has the command `help`. A file in which `debug.interactive` or `debug.debugger` stands is
--- interpreted, and with `--debug-lua` all are: compiled code has no locals to show.

---How `debug.pprint` prints.
---@class haka.PprintOptions
---@field indent? string Before each line.
---@field depth? integer How deep, -1 without a bound.
---@field hide? function|function[] `f(key, value)`: true hides.
---@field out? fun(...) `print` unless told.

---Prints a value and what is in it.
---
---```lua
---debug.pprint({ port = 80, names = { 'a' } })
-----> table {
----->   names : table {
----->     1 : "a"
----->   }
----->   port : 80
-----> }
---```
---@param value any
---@param options? haka.PprintOptions
function debug.pprint(value, options) end

---For `hide`: names that begin with `_`.
---@param key any
---@return boolean
function debug.hide_underscore(key) end

---For `hide`: functions.
---@param key any
---@param value any
---@return boolean
function debug.hide_function(key, value) end

---For `xpcall`: the message, with a traceback when section `lua` is logged at debug level.
---@param message any
---@return any
function debug.format_error(message) end

---@param f function
---@return table
function debug.getfenv(f) end

---Accepts the globals alone.
---@param f function
---@param environment table
---@return function
function debug.setfenv(f, environment) end

---Stops in the debugger at the next line, when it runs.
function debug.breakpoint() end

debug.debugger = {}

---Starts the debugger. Without a terminal: `no input/output handler` in the log.
---@param break_now? boolean
function debug.debugger.start(break_now) end

function debug.debugger.stop() end

debug.interactive = {}

---Asks for Lua code to run, with the locals of the caller. Without a terminal: `no input/output handler` in the log.
---@param prompt? string
---@param continuation? string
---@param message? string
function debug.interactive.enter(prompt, continuation, message) end
