---@meta

--- # The language
---
--- Lua 5.1 with the usual 5.2 additions (`goto`, `\x41` escapes, `__pairs`, `__len`, `table.pack`, `unpack`), with the folder of the rule
--- file in front of `package.path`. Strings are bytes. `--sandbox` takes `io`, `os` and other files away. Java is not visible.
---
--- **Errors.** A message begins with `file:line:` of the Lua code that raised it, `error(v, 0)` and errors of native objects aside. A
--- file that is not Lua is reported with file, line and a guess at what was meant. `error(nil)` aborts silently.
---
--- **Budgets.** One event may use 10 million loop rounds and calls and 512 MiB of allocated memory, running a rule file 1000 million;
--- no string may be longer than 64 MiB. What goes beyond is stopped, also inside `pcall` and coroutines, and counts as a failed rule;
--- the message says `rule stopped:`, the limit and the line. Patterns, sorting and `table.concat` count as work too. A string that
--- would be too long is an ordinary error. A rule that keeps more than 16 MiB of a stream back, by marks, selections or waiting, loses the connection, and the log
--- says which rule it was.
---
--- **Speed.** Rules are compiled to Java bytecode. A file is interpreted instead, three to five times slower and with the same
--- result, when a function in it is too big for a Java class (some thousands of lines), or when a closure captures a local that its own
--- function assigns again inside a loop or a branch, or a loop's local whose place another local takes later. Move such code into a function or a file of its own
--- where speed counts.
---
--- **Left out.** `module()`, `setfenv` with another table than the globals (use `load(source, name, "t", environment)`), `string.dump` and
--- precompiled chunks, hooks and locals in `debug`, `os.exit` (use `haka.exit()`).

--- ## Additions

---Prints its arguments, joined by one space.
---@param ... any
function print(...) end

---Text such as `0x41d2a8b0` that identifies an object.
---@param value any
---@return string
function topointer(value) end

---Goes through a table by its keys in order, by their text unless told.
---
---```lua
---for key, value in sorted_pairs{ b = 2, a = 1 } do print(key .. "=" .. value) end
-----> a=1
-----> b=2
---```
---@param t table
---@param less? fun(a: any, b: any): boolean
---@return fun(): any, any
function sorted_pairs(t, less) end

---Name of the class of a native object, or of the Lua type.
---@param value any
---@return string
function swig_type(value) end

---Whether two handles are those of the same object.
---@param a any
---@param b any
---@return boolean
function swig_equals(a, b) end

---The coroutine manager of a stream.
---@param stream haka.VbufferStream
---@return haka.Comanager
function getcomanager(stream) end

---The elements of an array.
---@param t table
---@param from? integer
---@param to? integer
---@return any ...
function unpack(t, from, to) end

---Functions over native classes.
swig = {}

---Metatable of a native class: a function that is put into its `['.fn']` becomes a method of every instance. Error `unknown swig class 'x'`.
---
---```lua
---local ipv4 = require('protocol/ipv4')
---swig.getclassmetatable('addr')['.fn'].is_local = function (self) return self < ipv4.addr('128.0.0.0') end
---print(ipv4.addr('10.0.0.1'):is_local())   --> true
---```
---@param name string
---@return table
function swig.getclassmetatable(name) end

---What the program was started with.
hakainit = {}

---Where modules are searched.
---@param native? boolean
---@return string
function hakainit.module_path(native) end

---@type string
hakainit.module_prefix = ''

---@type string
hakainit.module_suffix = '.lua'

---Whether colours make sense on the standard output.
---@return boolean
function hakainit.stdout_support_colors() end

---Writes bytes outside printable ASCII as `\xNN`.
---
---```lua
---print(string.safe_format("a\1b"))   --> a\x01b
---```
---@param s string
---@param keep_newlines? boolean
---@return string
function string.safe_format(s, keep_newlines) end

---Copies the fields of one table into another.
---@param into table
---@param from table
function table.merge(into, from) end

---Adds the elements of an array behind those of another.
---@param into table
---@param array table
function table.append(into, array) end

---A table with the same fields.
---@param t table
---@return table
function table.copy(t) end

---The set of the elements of an array: each is a key whose value is true.
---@param array table
---@return table
function table.dict(array) end

---A table with keys and values exchanged.
---@param t table
---@return table
function table.invert(t) end

---Whether a table has this **key**.
---@param t table
---@param key any
---@return boolean
function table.contains(t, key) end

---An array of the arguments, with their number in `n`.
---@param ... any
---@return table
function table.pack(...) end
