---@meta class

--- # Classes
---
--- ```lua
--- local class = require('class')
--- local Point = class.class('Point')
--- function Point.method:__init(x) self.x = x end
--- Point.property.double = { get = function (self) return 2 * self.x end }
--- print(Point:new(4).double)   --> 8
--- ```

local class = {}

---A class. Reading an attribute looks for a raw field, a property of the instance, a method or property of the nearest class, the method `__index`.
---@class haka.Class
---@field name string
---@field super haka.Class
---@field method table Methods; `function C.method:f() end` adds one.
---@field property table Properties: `C.property.p = { get = f, set = f }`.
---@field __class_init fun(super: haka.Class, class: haka.Class) Called when a class is derived from it.
local Class = {}

---Makes an instance and calls its method `__init`.
---@param ... any
---@return haka.Instance
function Class:new(...) end

---An instance of a class. `tostring` uses the method `__tostring`.
---@class haka.Instance
---@field __init fun(self: any, ...) Called by `new`.
---@field __index fun(self: any, name: any): any Asked for what is not there.
---@field __newindex fun(self: any, name: any, value: any) Told about what is assigned anew.
---@field __tostring fun(self: any): string Its text.
local Instance = {}

---A copy with the same fields.
---@return haka.Instance
function Instance:clone() end

---Adds a property to this instance alone.
---@param name string
---@param get? fun(self: any): any
---@param set? fun(self: any, value: any)
function Instance:addproperty(name, get, set) end

--- ## Functions

---Makes a class.
---@param name string
---@param super? haka.Class
---@return haka.Class
function class.class(name, super) end

---The class of an instance.
---@param instance any
---@return haka.Class?
function class.classof(instance) end

---Whether something is an instance of a class or of one derived from it.
---@param instance any
---@param of haka.Class
---@return boolean
function class.isa(instance, of) end

---Whether a class is another or derived from it.
---@param derived haka.Class
---@param of haka.Class
---@return boolean
function class.isaclass(derived, of) end

---@param value any
---@return boolean
function class.isclass(value) end

---The methods of a class's super class: `class.super(C).__init(self)`. Error `immutable class` when written.
---@param of haka.Class
---@return table
function class.super(of) end

---Copies fields and properties of one instance into another.
---@param into haka.Instance
---@param from haka.Instance
function class.merge(into, from) end

---As `of:new(…)`.
---@param of haka.Class
---@param ... any
---@return haka.Instance
function class.new_instance(of, ...) end

return class
