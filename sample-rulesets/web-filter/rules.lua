-- Watches and changes web traffic: notes each exchange, stops a scanner, keeps what servers say about themselves from
-- clients, and puts a notice into every page.

local http = require('protocol/http')

haka.rule{
	name = "scanners",
	on = http.events.request,
	eval = function (http, request)
		local agent = request.headers['User-Agent'] or ''
		if agent:lower():find('scanner', 1, true) then
			haka.alert{
				description = "a scanner asked for " .. request.uri,
				severity = 'medium',
				sources = { haka.alert.address(http.srcip) },
				targets = { haka.alert.address(http.dstip), haka.alert.service("tcp/" .. http.dstport, "http") },
			}
			http:drop()
		end
	end
}

haka.rule{
	name = "quiet servers",
	on = http.events.response,
	eval = function (http, response)
		haka.log("%s %s -> %s", http.request.method, http.request.uri, response.status)
		response.headers['Server'] = nil
		if (response.headers['Content-Type'] or ''):match('^text/html') then
			-- the page grows: from here on it travels in chunks, and its length is no longer announced
			http:enable_data_modification()
		end
	end
}

haka.rule{
	name = "notice",
	on = http.events.response_data,
	options = { streamed = true },
	eval = function (http, iter)
		local begin = iter:sub(6)
		if begin and begin:asstring() == '<body>' then
			iter:insert(haka.vbuffer_from('<p>read by Tiaki</p>'))
		end
	end
}
