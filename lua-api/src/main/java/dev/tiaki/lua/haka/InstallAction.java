package dev.tiaki.lua.haka;

import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** The policy action that selects a dissector; who applies the policy asks which one. */
final class InstallAction extends VarArgFunction {
  private final String dissector;

  InstallAction(String dissector) {
    this.dissector = dissector;
  }

  String dissector() {
    return dissector;
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    return NONE;
  }
}
