package org.jabr.process;

import java.util.List;

/** Everything that a diagram can be built from: the one source for checks, the editor and the guide. */
public interface BuildingBlocks {

    /** In the order in which people read them. */
    List<BuildingBlock> all();
}
