package dev.tiaki.lua.smtp;

import dev.tiaki.dissector.smtp.SmtpCommand;
import dev.tiaki.dissector.smtp.SmtpFlow;
import dev.tiaki.dissector.smtp.SmtpReply;
import dev.tiaki.lua.binding.AttributeNames;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.ProtocolObject;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** SMTP on one connection as Lua sees it. */
public final class SmtpObject extends ProtocolObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("name", "tls");
  private static final int NAME = 0;
  private static final LuaString TYPE = LuaString.valueOf("smtp");

  private final SmtpFlow smtp;

  private SmtpObject(Bindings bindings, SmtpFlow smtp) {
    super(bindings, smtp.flow(), ATTRIBUTES);
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
  protected LuaValue read(int attribute) {
    return attribute == NAME ? TYPE : valueOf(smtp.isTls());
  }

  @Override
  protected void enableDataModification() {
    smtp.enableDataModification();
  }
}
