-- Looks at names: alerts on those that are not wanted, sends who asks for them to a sinkhole, and notes large answers.

local ipv4 = require('protocol/ipv4')
local dns = require('protocol/dns')

local unwanted = { "malware.example.", "ads.example." }
local sinkhole = ipv4.addr("10.99.99.99")

local function is_unwanted(name)
	name = name:lower()
	for _, domain in ipairs(unwanted) do
		if name == domain or name:sub(-#domain - 1) == "." .. domain then
			return true
		end
	end
	return false
end

haka.rule{
	name = "unwanted names",
	on = dns.events.query,
	eval = function (dns, query)
		for _, question in ipairs(query.questions) do
			print(string.format("%s asks for %s %s", tostring(dns.srcip), question.type, question.name))
			if is_unwanted(question.name) then
				haka.alert{
					description = "unwanted name " .. question.name,
					severity = 'medium',
					sources = haka.alert.address(dns.srcip)
				}
			end
		end
	end
}

haka.rule{
	name = "sinkhole",
	on = dns.events.response,
	eval = function (dns, response, query)
		for _, record in ipairs(response.answer) do
			if record.type == 'A' then
				print(string.format("  %s is %s", record.name, tostring(record.ip)))
				if is_unwanted(query.question.name) then
					record.ip = sinkhole
					record.ttl = 5
				end
			elseif record.type == 'CNAME' then
				print(string.format("  %s is another name of %s", record.owner, record.name))
			elseif record.type == 'HTTPS' then
				print(string.format("  %s has a service of priority %d", record.name, record.priority))
			else
				print(string.format("  %s has a record of type %s", record.name, tostring(record.type)))
			end
		end
	end
}

haka.rule{
	name = "no message",
	on = dns.events.malformed,
	eval = function (dns, why)
		haka.log.warning("%s: %s", tostring(dns.srcip), why)
	end
}
