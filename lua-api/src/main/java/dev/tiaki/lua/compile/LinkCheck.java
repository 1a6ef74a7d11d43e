package dev.tiaki.lua.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks before a chunk runs whether its classes agree on the fields that hold upvalues; the JVM
 * would find out only when a closure is made.
 */
final class LinkCheck {
  private LinkCheck() {}

  /** Throws {@link NoSuchFieldError} when a class sets a field that another one does not have. */
  static void check(Collection<byte[]> classFiles) {
    List<ClassModel> classes = classFiles.stream().map(ClassFile.of()::parse).toList();
    Set<String> owners = new HashSet<>();
    Set<String> fields = new HashSet<>();
    for (ClassModel model : classes) {
      String owner = model.thisClass().asInternalName();
      owners.add(owner);
      model
          .fields()
          .forEach(
              f -> fields.add(owner + "." + f.fieldName() + ":" + f.fieldType().stringValue()));
    }
    for (ClassModel model : classes) {
      for (MethodModel method : model.methods()) {
        method.code().ifPresent(code -> code.forEach(element -> check(element, owners, fields)));
      }
    }
  }

  private static void check(CodeElement element, Set<String> owners, Set<String> fields) {
    if (element instanceof FieldInstruction access) {
      String owner = access.owner().asInternalName();
      String field = owner + "." + access.name() + ":" + access.type().stringValue();
      if (owners.contains(owner) && !fields.contains(field)) {
        throw new NoSuchFieldError(field);
      }
    }
  }
}
