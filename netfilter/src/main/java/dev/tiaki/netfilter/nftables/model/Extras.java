package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties of an object that this model does not know, kept so that they can be written back. The
 * strict reader refuses them; objects made in Java have {@link #NONE}.
 *
 * @param properties by name, in the order they came
 */
public record Extras(Map<String, RawJson> properties) {
  /** Nothing unknown. */
  public static final Extras NONE = new Extras(Map.of());

  /** Copies the properties and keeps their order. */
  public Extras {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
