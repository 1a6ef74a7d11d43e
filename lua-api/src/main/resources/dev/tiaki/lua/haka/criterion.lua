-- haka.policy.Criterion: the class that criteria of rule files derive from.
local natives = ...
local class = require('class')
local check = require('check')

local Criterion = class.class('PolicyCriterion')

-- Making a subclass publishes its constructor as haka.policy.<name>.
function Criterion.__class_init(super, cls)
	local function create(...)
		local criterion = cls:new()
		criterion:init(...)
		return criterion
	end
	local learns = cls.method
	local function learner()
		return cls:new()
	end
	local can_learn = function ()
		return learns.learn ~= Criterion.method.learn
	end
	check.assert(natives.publish(cls.name, create, learner, can_learn),
		"reserved name or already existing policy criterion")
end

function Criterion.method:init()
end

function Criterion.method:compare()
	error("not implemented")
end

function Criterion.method:learn()
end

natives.recognize(Criterion, function (value)
	return class.isa(value, Criterion)
end)
