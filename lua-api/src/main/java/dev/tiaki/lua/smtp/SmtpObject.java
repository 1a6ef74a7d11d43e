package dev.tiaki.lua.smtp;

import dev.tiaki.dissector.smtp.SmtpCommand;
import dev.tiaki.dissector.smtp.SmtpFlow;
import dev.tiaki.dissector.smtp.SmtpReply;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.Emitter;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.Members;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * SMTP on one connection as Lua sees it. What it does not know itself is asked of the connection,
 * whose methods act on the connection; what a rule assigns stays in it.
 */
public final class SmtpObject extends LuaTable implements Emitter, Members {
  private static final LuaString NAME = LuaString.valueOf("name");
  private static final LuaString FLOW = LuaString.valueOf("flow");
  private static final LuaString TLS = LuaString.valueOf("tls");
  private static final String ENABLE_DATA_MODIFICATION = "enable_data_modification";
  private static final LuaString ENABLE = LuaString.valueOf(ENABLE_DATA_MODIFICATION);
  private static final LuaString TYPE = LuaString.valueOf("smtp");

  private final Bindings bindings;
  private final SmtpFlow smtp;

  private SmtpObject(Bindings bindings, SmtpFlow smtp) {
    this.bindings = bindings;
    this.smtp = smtp;
  }

  /** Returns the object of SMTP on a connection, always the same one. */
  public static SmtpObject of(Bindings bindings, SmtpFlow smtp) {
    if (smtp.scriptData() instanceof SmtpObject known) {
      return known;
    }
    SmtpObject made = new SmtpObject(bindings, smtp);
    smtp.setScriptData(made);
    return made;
  }

  /** Returns a command as a table of {@code command} and {@code parameter}. */
  public static LuaTable command(SmtpCommand command) {
    LuaTable table = new LuaTable();
    table.rawset("command", ByteText.bytesOf(command.verb()));
    table.rawset("parameter", ByteText.bytesOf(command.argument()));
    return table;
  }

  /**
   * Returns a reply as a table of {@code code}, {@code lines}, {@code text} and {@code command}.
   */
  public static LuaTable reply(SmtpReply reply) {
    LuaTable table = new LuaTable();
    table.rawset("code", LuaValue.valueOf(reply.code()));
    table.rawset("lines", lines(reply.lines()));
    table.rawset("text", ByteText.bytesOf(String.join("\n", reply.lines())));
    SmtpCommand answered = reply.command();
    if (answered != null) {
      table.rawset("command", ByteText.bytesOf(answered.verb()));
    }
    return table;
  }

  private static LuaTable lines(List<String> texts) {
    LuaTable lines = new LuaTable();
    for (int i = 0; i < texts.size(); i++) {
      lines.rawset(i + 1, ByteText.bytesOf(texts.get(i)));
    }
    return lines;
  }

  @Override
  public boolean canContinue() {
    return smtp.flow().canContinue();
  }

  @Override
  public List<String> memberNames() {
    List<String> names = new ArrayList<>(bindings.packets().flow(smtp.flow()).memberNames());
    names.addAll(List.of("flow", "tls", ENABLE_DATA_MODIFICATION));
    return names;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = rawget(key);
    if (!own.isnil()) {
      return own;
    }
    if (NAME.raweq(key)) {
      return TYPE;
    }
    if (TLS.raweq(key)) {
      return valueOf(smtp.isTls());
    }
    if (ENABLE.raweq(key)) {
      return Builtin.of(ENABLE_DATA_MODIFICATION, _ -> enableDataModification());
    }
    FlowObject flow = bindings.packets().flow(smtp.flow());
    LuaValue value = FLOW.raweq(key) ? flow : flow.get(key);
    return value.isfunction() ? onFlow(flow, key, value) : value;
  }

  private Varargs enableDataModification() {
    if (bindings.context().mode().readOnlyBuffers()) {
      throw BufferException.readOnly();
    }
    smtp.enableDataModification();
    return NONE;
  }

  /** A method of the connection, called on this object, acts on the connection. */
  private LuaValue onFlow(FlowObject flow, LuaValue name, LuaValue method) {
    return Builtin.of(
        name.tojstring(),
        all -> {
          Varargs rest = all.arg1() == this ? varargsOf(flow, all.subargs(2)) : all;
          return method.invoke(rest);
        });
  }
}
