package org.jabr.audit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.cases.Decisions;
import org.jabr.journal.Evidence;

/**
 * Everything about one case that somebody outside needs to check it without this house.
 *
 * @param part the entries about the case that lie below the seal, each with its proof
 * @param stored the texts that the fingerprints in these entries stand for
 * @param releases the files of each release that had a part in it
 */
public record EvidencePack(
        Dossier dossier,
        Evidence.Part part,
        List<Decisions.AsStored> stored,
        Map<String, SortedMap<String, String>> releases) {}
