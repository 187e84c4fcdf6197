#!/usr/bin/env python3
"""The reference scorer for extraction results.

usage: score.py GOLD.jsonl[.gz] PREDICTED.jsonl[.gz]

GOLD        one {"document": …, "annotation": …} per line: a file of labelled documents
PREDICTED   one {"documentId": …, "fields": {name: [{"text": …}, …]}} per line (other keys are ignored)

Only the fields that the annotation speaks of are scored: a field outside annotation.fields is unknown and what was
predicted for it does not count. A field with an empty list is absent: a value predicted for it is a false positive.
Values of one field are compared as a set, after keeping only letters and digits in upper case. A predicted value is
right when it equals the annotated text or the text of the annotated tokens. A document without a prediction counts as
predicted empty.
Prints micro F1 over all values, macro F1 over fields, and a row per field, as JSON.
"""
import gzip
import json
import sys


def lines(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as fh:
        for line in fh:
            if line.strip():
                yield json.loads(line)


def norm(text):
    return "".join(c for c in text.upper() if c.isalnum())


def gold_values(document, occurrences):
    """The distinct annotated values, each as the set of normalised forms that count as right."""
    values = []
    for occurrence in occurrences:
        forms = {norm(occurrence["text"])}
        surface = " ".join(document["tokens"][i]["text"] for s, e in occurrence.get("spans", []) for i in range(s, e))
        if surface:
            forms.add(norm(surface))
        forms.discard("")
        if forms and not any(forms & other for other in values):
            values.append(forms)
    return values


def score(gold, predicted):
    tally = {}  # field -> [right, predicted, annotated]
    for item in gold:
        fields = predicted.get(item["document"]["id"], {})
        for name, occurrences in item["annotation"]["fields"].items():
            want = gold_values(item["document"], occurrences)
            got = {norm(v["text"]) for v in fields.get(name, [])} - {""}
            right = sum(1 for forms in want if forms & got)
            row = tally.setdefault(name, [0, 0, 0])
            row[0] += right
            row[1] += len(got) - sum(len(forms & got) - 1 for forms in want if forms & got)
            row[2] += len(want)
    f1 = lambda r, p, g: 2 * r / (p + g) if p + g else 1.0
    totals = [sum(row[i] for row in tally.values()) for i in range(3)]
    return {
        "micro_f1": round(f1(*totals), 4),
        "macro_f1": round(sum(f1(*row) for row in tally.values()) / max(1, len(tally)), 4),
        "precision": round(totals[0] / max(1, totals[1]), 4),
        "recall": round(totals[0] / max(1, totals[2]), 4),
        "fields": {n: {"f1": round(f1(*row), 4), "right": row[0], "predicted": row[1], "annotated": row[2]}
                   for n, row in sorted(tally.items())},
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    predictions = {p["documentId"]: p["fields"] for p in lines(sys.argv[2])}
    print(json.dumps(score(lines(sys.argv[1]), predictions), indent=1))
