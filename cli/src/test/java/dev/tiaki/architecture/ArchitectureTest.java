package dev.tiaki.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md: who may import whom. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tiaki");

  @Test
  void modules_import_only_downwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("netfilter")
        .definedBy("dev.tiaki.netfilter..")
        .layer("engine")
        .definedBy("dev.tiaki.engine..")
        .layer("traffic")
        .definedBy("dev.tiaki.traffic..")
        .layer("dissectors")
        .definedBy("dev.tiaki.dissector..")
        .layer("lua")
        .definedBy("dev.tiaki.lua..")
        .layer("cli")
        .definedBy("dev.tiaki.cli..")
        .whereLayer("netfilter")
        .mayOnlyBeAccessedByLayers("engine", "dissectors", "lua", "cli")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("traffic", "dissectors", "lua", "cli")
        .whereLayer("dissectors")
        .mayOnlyBeAccessedByLayers("lua", "cli")
        .whereLayer("lua")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("traffic")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("dev.tiaki.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_engine_and_the_dissectors_know_no_lua() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.tiaki.lua..", "dev.tiaki.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.luaj..")
        .check(CLASSES);
  }

  @Test
  void netfilter_is_a_library_of_its_own() {
    classes()
        .that()
        .resideInAPackage("dev.tiaki.netfilter..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.tiaki.netfilter..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void tracker_is_on_the_jdk_alone_but_for_its_adapters() {
    classes()
        .that()
        .resideInAPackage("dev.tiaki.tracker..")
        .and()
        .resideOutsideOfPackages("dev.tiaki.tracker.netty..", "dev.tiaki.tracker.netfilter..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.tiaki.tracker..",
            "java..",
            "javax..",
            "jdk.jfr..",
            "com.sun.net.httpserver..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void link_layer_and_ip_do_not_look_up_to_tcp() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.tiaki.dissector.link..",
            "dev.tiaki.dissector.packet..",
            "dev.tiaki.dissector.ip..",
            "dev.tiaki.dissector.ipv4..",
            "dev.tiaki.dissector.ipv6..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tiaki.dissector.tcp..",
            "dev.tiaki.dissector.tcpconnection..",
            "dev.tiaki.dissector.icmp..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void the_two_ip_families_do_not_import_each_other() {
    noClasses()
        .that()
        .resideInAPackage("dev.tiaki.dissector.ipv4..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.tiaki.dissector.ipv6..")
        .allowEmptyShould(true)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.tiaki.dissector.ipv6..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.tiaki.dissector.ipv4..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void internal_packages_are_used_only_at_home() {
    for (String module : new String[] {"netfilter", "engine", "dissector", "lua"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tiaki." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.tiaki." + module + "..internal..")
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }
}
