package dev.tiaki.lua.haka;

/** What tests of grammars have in common. */
final class GrammarLab {
  /** Functions to define a grammar, to parse a string and to parse a stream in pieces. */
  static final String PREAMBLE =
      """
      function grammar(def) return haka.grammar.new('test', def) end
      function parse(entity, text, user) return entity:parse(haka.vbuffer_from(text):pos('begin'), user) end
      function stream(pieces, f, popped)
        local s = haka.vbuffer_stream()
        local m = haka.vbuffer_stream_comanager:new(s)
        m:start(0, f)
        for i, piece in ipairs(pieces) do
          local current = s:push(haka.vbuffer_from(piece))
          if i == #pieces then s:finish() end
          m:process_all(current)
          while true do
            local b = s:pop()
            if not b then break end
            if popped then popped(b:sub():asstring()) end
          end
        end
      end
      """;

  private GrammarLab() {}
}
