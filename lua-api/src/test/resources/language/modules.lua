-- require, package, load.
print(type(package.path), type(package.loaded), package.loaded._G == _G, package.loaded.string == string)
package.preload["my/module"] = function(name) return { name = name } end
print(require("my/module").name, require("my/module") == package.loaded["my/module"])
package.preload.nothing = function() seen = (seen or 0) + 1 end
print(require("nothing"), require("nothing"), seen, package.loaded.nothing)
package.loaded["already-there"] = 5
print(require("already-there"))
package.preload.breaks = function() error("cannot") end
print(pcall(require, "breaks"))
package.preload.loops = function() local again = require("loops") return again end
print(pcall(require, "loops"))
local ok, message = pcall(require, "no/such-module")
print(ok, message:match("^module 'no/such%-module' not found:") ~= nil, message:match("no field package.preload") ~= nil)
package.path = "/nowhere/?.lua;/nowhere/?.bc;/nowhere/?/init.lua"
ok, message = pcall(require, "x.y")
print(message:match("/nowhere/x/y.lua") ~= nil, message:match("%.bc"), message:match("/nowhere/x/y/init.lua") ~= nil)
print(pcall(require), type(package.searchers), #package.searchers)
print(load("return ...", "=args")(1, 2), loadstring("return 1 + 1")())
local pieces = { "return ", "1", " + 2", nil }
local i = 0
print(load(function() i = i + 1 return pieces[i] end)())
print(load("\27Lua"), load(function() return nil end) ~= nil)
print(pcall(load, {}))
print(luajava, java, _VERSION)
print(_G._G == _G, _G.print == print)
