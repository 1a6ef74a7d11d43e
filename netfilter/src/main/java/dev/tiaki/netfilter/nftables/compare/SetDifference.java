package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.rule.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the elements of one set differ. */
final class SetDifference {
  private final List<Expression> extra = new ArrayList<>();
  private final List<Expression> missing = new ArrayList<>();

  /**
   * Compares.
   *
   * @param isState true: elements come and go by themselves, and none is one too many
   */
  SetDifference(NamedSet present, NamedSet wanted, boolean isState) {
    Map<String, Expression> before = byText(present);
    Map<String, Expression> after = byText(wanted);
    Map<String, Expression> keys = new LinkedHashMap<>();
    after.forEach((text, element) -> {
      if (!before.containsKey(text)) {
        missing.add(element);
        keys.put(Canonical.key(element), element);
      }
    });
    before.forEach((text, element) -> {
      boolean isChanged = keys.containsKey(Canonical.key(element));
      if (!after.containsKey(text) && (isChanged || !isState)) {
        extra.add(element);
      }
    });
  }

  private static Map<String, Expression> byText(NamedSet set) {
    Map<String, Expression> elements = new LinkedHashMap<>();
    set.elements().forEach(element -> elements.put(Canonical.element(element), element));
    return elements;
  }

  List<Expression> extra() {
    return extra;
  }

  List<Expression> missing() {
    return missing;
  }
}
