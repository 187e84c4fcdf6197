package dev.holdfast.app;

import dev.holdfast.document.CollectionName;
import picocli.CommandLine.Mixin;

/** What the commands that look at the versions of one collection have in common. */
abstract class CollectionCommand extends ModelCommand {
  @Mixin private CollectionOption collection;

  @Override
  final CollectionName collection() {
    return collection.name();
  }
}
