import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.DeadCodeOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Gives the classes of old libraries the class-file version of Java 8, with the stack maps that it asks for.
 *
 * <p>A JVM keeps no class older than Java 6 in its ahead-of-time cache, nor any class that extends such a one: of
 * BCEL, LuaJ and picocli, 1 118 classes with ours were loaded and verified anew at each start, 0.2 s of it.
 *
 * <p>usage: java CurrentClassFiles.java FOLDER (its jars are rewritten in place; one without old classes is left
 * alone)
 */
final class CurrentClassFiles {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private static final ClassTransform UPDATE =
      ClassTransform.transformingMethodBodies(
              (CodeTransform)
                  (code, instruction) -> {
                    if (instruction instanceof DiscontinuedInstruction) {
                      throw new Outdated();
                    }
                    code.with(instruction);
                  })
          .andThen(
              (type, element) ->
                  type.with(
                      element instanceof ClassFileVersion
                          ? (ClassElement) ClassFileVersion.of(JAVA_8, 0)
                          : element));

  private final ClassFile classFiles;

  private CurrentClassFiles(ClassLoader libraries) {
    classFiles =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            DeadCodeOption.PATCH_DEAD_CODE,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(libraries)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** The class has an instruction that newer versions do not know: it stays as it is. */
  private static final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1;

    Outdated() {
      super(null, null, false, false);
    }
  }

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    try (URLClassLoader libraries = loader(jars)) {
      CurrentClassFiles update = new CurrentClassFiles(libraries);
      for (Path jar : jars) {
        if (isOld(jar)) {
          update.rewrite(jar);
        }
      }
    }
  }

  private static URLClassLoader loader(List<Path> jars) throws MalformedURLException {
    URL[] places = new URL[jars.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = jars.get(i).toUri().toURL();
    }
    return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
  }

  /** The first class tells: a library is compiled for one version. */
  private static boolean isOld(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (isClass(entry)) {
          return version(bytes(file, entry)) < JAVA_6;
        }
      }
    }
    return false;
  }

  private void rewrite(Path jar) throws IOException {
    Path made = jar.resolveSibling(jar.getFileName() + ".new");
    int updated = 0;
    try (JarFile file = new JarFile(jar.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(made))) {
      for (JarEntry entry : Collections.list(file.entries())) {
        byte[] before = bytes(file, entry);
        byte[] after = isClass(entry) && version(before) < JAVA_6 ? updated(before) : before;
        updated += after == before ? 0 : 1;
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(after);
        out.closeEntry();
      }
    }
    Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    System.out.println(jar.getFileName() + ": " + updated + " classes brought to Java 8");
  }

  private byte[] updated(byte[] before) {
    ClassModel model = classFiles.parse(before);
    try {
      byte[] after = classFiles.transformClass(model, UPDATE);
      return classFiles.verify(after).isEmpty() ? after : before;
    } catch (Outdated e) {
      return before;
    }
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
  }

  private static int version(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
  }

  private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
