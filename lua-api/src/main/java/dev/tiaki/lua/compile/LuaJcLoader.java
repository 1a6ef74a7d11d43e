package dev.tiaki.lua.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Loads LuaJC with one method mended. Its analysis replaces a variable in an array of n places n
 * times over instead of once, which makes compiling a function of 1000 instructions take seconds.
 */
final class LuaJcLoader extends ClassLoader {
  private static final String PACKAGE = "org.luaj.vm2.luajc.";
  private static final String SLOW_CLASS = PACKAGE + "ProtoInfo";
  private static final String SLOW_METHOD = "substituteVariable";
  private static final String TEXT_CLASS = PACKAGE + "JavaBuilder";
  private static final ClassDesc INFO = ClassDesc.of(SLOW_CLASS);
  private static final ClassDesc VARIABLE = ClassDesc.of(PACKAGE + "VarInfo");

  LuaJcLoader() {
    super("luajc", LuaJcLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name);
    byte[] used =
        switch (name) {
          case SLOW_CLASS -> mended(bytes);
          case TEXT_CLASS -> exact(bytes);
          default -> bytes;
        };
    return defineClass(name, used, 0, used.length);
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] mended(byte[] original) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(original),
        ClassTransform.transformingMethods(
            method -> method.methodName().equalsString(SLOW_METHOD),
            (builder, element) -> {
              if (element instanceof CodeAttribute) {
                builder.withCode(LuaJcLoader::replaceOnce);
              } else {
                builder.with(element);
              }
            }));
  }

  /** Has constants judged by {@link ConstantText}. */
  private static byte[] exact(byte[] original) {
    ClassFile file = ClassFile.of();
    MethodTypeDesc check =
        MethodTypeDesc.of(ConstantDescs.CD_boolean, ClassDesc.of("org.luaj.vm2.LuaString"));
    ClassDesc judge = ClassDesc.of(ConstantText.class.getName());
    CodeTransform replaced =
        (code, element) -> {
          if (element instanceof InvokeInstruction call
              && call.name().equalsString("isValidUtf8")) {
            code.invokestatic(judge, "isExact", check);
          } else {
            code.with(element);
          }
        };
    return file.transformClass(
        file.parse(original), ClassTransform.transformingMethodBodies(replaced));
  }

  private static void replaceOnce(CodeBuilder code) {
    ClassDesc row = VARIABLE.arrayType();
    code.aload(0)
        .aload(0)
        .getfield(INFO, "vars", row.arrayType())
        .iload(1)
        .aaload()
        .dup()
        .arraylength()
        .aload(2)
        .aload(3)
        .invokespecial(
            INFO,
            "replaceAll",
            MethodTypeDesc.of(ConstantDescs.CD_void, row, ConstantDescs.CD_int, VARIABLE, VARIABLE))
        .return_();
  }
}
