"""Trees of other schemes as Universal Dependencies: TIGER (spaCy's German models) and ClearNLP (its English ones).

Both let function words govern: a preposition its noun, TIGER also an auxiliary its verb. Those change places here,
then every relation that is left gets the name that UD has for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_KINDS = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG", "MISC": "MISC",
    "NORP": "MISC", "EVENT": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip
_SEIN = frozenset(
    ("ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären", "bin", "bist", "seid", "sein", "gewesen", "warst")
)
_WERDEN = frozenset(("wird", "werden", "wurde", "wurden", "worden", "werde", "würde", "würden", "wirst", "werdet"))
_BE = frozenset(("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m"))
_NON_FINITE = ("VVPP", "VVINF", "VVIZU", "VAPP", "VAINF", "VMINF", "VMPP")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
_VERBAL = frozenset({"VERB", "AUX"})

_TIGER = {
    "sb": "nsubj", "sbp": "obl:agent", "oa": "obj", "oa2": "obj", "da": "obl:arg", "og": "obl:arg", "ag": "nmod",
    "pg": "nmod", "app": "appos", "rc": "acl:relcl", "cp": "mark", "cm": "case", "cc": "obl", "ju": "cc", "cd": "cc",
    "cj": "conj", "ng": "advmod", "pm": "mark", "svp": "compound:prt", "pd": "xcomp", "ep": "expl", "par": "parataxis",
    "rs": "parataxis", "re": "ccomp", "ph": "expl", "nmc": "flat", "pnc": "flat", "ams": "nmod", "adc": "compound",
    "avc": "advmod", "cvc": "obl", "dm": "discourse", "uc": "flat", "vo": "vocative", "ac": "case", "punct": "punct",
}  # fmt: skip
_CLEARNLP = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj", "auxpass": "aux:pass", "poss": "nmod:poss",
    "relcl": "acl:relcl", "prt": "compound:prt", "neg": "advmod", "quantmod": "advmod", "intj": "discourse",
    "oprd": "xcomp", "attr": "xcomp", "acomp": "xcomp", "preconj": "cc", "predet": "det", "meta": "dep",
    "dative": "iobj", "prep": "advmod", "pobj": "obl", "pcomp": "advcl", "agent": "obl:agent",
}  # fmt: skip


def name_kind(label: str) -> str | None:
    """Our kind of a name's label, `None` for what is no name (dates, numbers)."""
    return _KINDS.get(label)


@dataclass(slots=True, kw_only=True)
class Tree:
    """One sentence whose heads and relations change; the root is its own head."""

    words: Sequence[str]
    pos: Sequence[str]
    tags: Sequence[str]
    heads: list[int]
    relations: list[str]

    def below(self, index: int) -> list[int]:
        """Children of a word, in order of text."""
        return [child for child, head in enumerate(self.heads) if head == index and child != index]

    def raise_child(self, child: int, relation: str, *, keep: Sequence[str] = ()) -> None:
        """Let a word change places with its head, which becomes its dependent by `relation`.

        The head's other children follow the child, but for those whose relation is in `keep`.
        """
        head = self.heads[child]
        for other in self.below(head):
            if other != child and self.relations[other] not in keep:
                self.heads[other] = child
        self.heads[child] = child if self.heads[head] == head else self.heads[head]
        self.relations[child] = self.relations[head]
        self.heads[head], self.relations[head] = child, relation

    def from_leaves(self) -> list[int]:
        """All words, each before its head."""
        depths = []
        for index in range(len(self.heads)):
            depth, node = 0, index
            while self.heads[node] != node and depth < len(self.heads):
                node, depth = self.heads[node], depth + 1
            depths.append(depth)
        return sorted(range(len(self.heads)), key=lambda index: -depths[index])


def convert_tree(language: str, tree: Tree) -> Tree:
    """The same tree, changed to UD."""
    if language == "de":
        _convert_tiger(tree)
    else:
        _convert_clearnlp(tree)
    for index, head in enumerate(tree.heads):
        if head == index:
            tree.relations[index] = "root"
    return tree


def _convert_tiger(tree: Tree) -> None:
    for index in tree.from_leaves():
        if tree.pos[index] == "ADP":
            _raise_noun(tree, index, "nk")
    for index in tree.from_leaves():
        if tree.tags[index].startswith(("VA", "VM")):
            _raise_verb(tree, index)
    for index in tree.from_leaves():
        if tree.words[index].lower() in _SEIN:
            _raise_predicate(tree, index, ("pd",))
    _flatten_tiger_coordination(tree)
    for index in range(len(tree.heads)):
        if tree.relations[index] in {"aux", "aux:pass", "cop", "case", "conj", "cc"} and tree.heads[index] != index:
            continue
        tree.relations[index] = _tiger_relation(tree, index)


def _raise_noun(tree: Tree, adposition: int, relation: str) -> None:
    """Let the noun below a preposition govern it."""
    below = tree.below(adposition)
    nouns = [
        child for child in below if tree.relations[child] == relation and tree.pos[child] in _NOMINAL | {"ADJ", "ADV"}
    ]
    if nouns:
        tree.raise_child(nouns[-1], "case")
        if tree.heads[nouns[-1]] == nouns[-1]:
            tree.relations[nouns[-1]] = "root"


def _raise_verb(tree: Tree, auxiliary: int) -> None:
    """Let the verb below an auxiliary or modal govern it."""
    verbs = [
        child for child in tree.below(auxiliary) if tree.relations[child] == "oc" and tree.tags[child] in _NON_FINITE
    ]
    if not verbs:
        return
    verb = verbs[-1]
    is_passive = tree.tags[verb] == "VVPP" and tree.words[auxiliary].lower() in _WERDEN
    tree.raise_child(verb, "aux:pass" if is_passive else "aux")


def _raise_predicate(tree: Tree, copula: int, relations: Sequence[str]) -> None:
    """Let the predicate of "to be" govern it."""
    if tree.relations[copula] in {"aux", "aux:pass"}:
        return
    predicates = [child for child in tree.below(copula) if tree.relations[child] in relations]
    if predicates:
        tree.raise_child(predicates[0], "cop")


def _flatten_tiger_coordination(tree: Tree) -> None:
    """Conjuncts hang from the first one, each conjunction from the conjunct after it."""
    for index in range(len(tree.heads)):
        if tree.relations[index] != "cd" or tree.heads[index] == index:
            continue
        first = tree.heads[index]
        while tree.relations[first] in {"cj", "conj"} and tree.heads[first] != first:
            first = tree.heads[first]
        for child in tree.below(index):
            if tree.relations[child] == "cj":
                tree.heads[child], tree.relations[child] = first, "conj"
                tree.heads[index], tree.relations[index] = child, "cc"
    for index in range(len(tree.heads)):
        if tree.relations[index] == "cj":
            while tree.relations[tree.heads[index]] in {"cj", "conj"}:
                tree.heads[index] = tree.heads[tree.heads[index]]
            tree.relations[index] = "conj"


def _tiger_relation(tree: Tree, index: int) -> str:
    """UD's name for what is left of TIGER's relations."""
    relation, pos, tag = tree.relations[index], tree.pos[index], tree.tags[index]
    above = tree.pos[tree.heads[index]]
    if relation == "sb":
        return "nsubj:pass" if any(tree.relations[c] == "aux:pass" for c in tree.below(tree.heads[index])) else "nsubj"
    if relation == "nk":
        return _kernel_relation(pos, tag, above)
    if relation == "oc":
        has_subject = any(tree.relations[c] in {"sb", "nsubj", "nsubj:pass"} for c in tree.below(index))
        return "ccomp" if has_subject or tag.endswith("FIN") else "xcomp"
    if relation in {"mo", "mnr", "op"}:
        return _modifier_relation(pos, above)
    return _TIGER.get(relation, relation if relation in _TIGER.values() else "dep")


def _kernel_relation(pos: str, tag: str, above: str) -> str:
    """What a part of a noun group is."""
    if pos == "DET" or tag in {"ART", "PDAT", "PIAT", "PWAT", "PRELAT"}:
        return "det:poss" if tag == "PPOSAT" else "det"
    if pos == "PROPN" or pos == "X":
        return "flat" if above == "PROPN" else "appos"
    return {"ADJ": "amod", "NUM": "nummod", "NOUN": "appos", "ADV": "advmod", "ADP": "case"}.get(pos, "dep")


def _modifier_relation(pos: str, above: str) -> str:
    """What a modifier is, by its own part of speech and that of what it modifies."""
    if pos in _NOMINAL:
        return "obl" if above in _VERBAL | {"ADJ", "ADV"} else "nmod"
    if pos in _VERBAL:
        return "advcl" if above in _VERBAL else "acl"
    return "advmod"


def _convert_clearnlp(tree: Tree) -> None:
    for index in tree.from_leaves():
        if tree.relations[index] in {"prep", "agent", "dative"}:
            _raise_object(tree, index)
    for index in tree.from_leaves():
        if tree.words[index].lower() in _BE:
            _raise_predicate(tree, index, ("attr", "acomp"))
    _flatten_clearnlp_coordination(tree)
    for index, relation in enumerate(tree.relations):
        if relation == "npadvmod":
            relation = _modifier_relation(tree.pos[index], tree.pos[tree.heads[index]])
        tree.relations[index] = _CLEARNLP.get(relation, relation)


def _raise_object(tree: Tree, preposition: int) -> None:
    """Let the object of a preposition govern it, as `obl`, `nmod` or a clause."""
    relation = tree.relations[preposition]
    for child in tree.below(preposition):
        if tree.relations[child] not in {"pobj", "pcomp"}:
            continue
        is_clause = tree.relations[child] == "pcomp" and tree.pos[child] in _VERBAL
        tree.raise_child(child, "mark" if is_clause else "case", keep=("punct",))
        above = tree.pos[tree.heads[child]]
        if is_clause:
            tree.relations[child] = "advcl" if above in _VERBAL else "acl"
        elif relation == "agent":
            tree.relations[child] = "obl:agent"
        else:
            tree.relations[child] = "obl" if above in _VERBAL | {"ADJ", "ADV"} else "nmod"
        return


def _flatten_clearnlp_coordination(tree: Tree) -> None:
    """Conjuncts hang from the first one, a conjunction from the conjunct after it."""
    for index in range(len(tree.heads)):
        if tree.relations[index] == "conj":
            while tree.relations[tree.heads[index]] == "conj" and tree.heads[tree.heads[index]] != tree.heads[index]:
                tree.heads[index] = tree.heads[tree.heads[index]]
    for index in range(len(tree.heads)):
        if tree.relations[index] == "cc":
            first = tree.heads[index]
            while tree.relations[first] == "conj" and tree.heads[first] != first:
                first = tree.heads[first]
            after = [c for c in tree.below(first) if tree.relations[c] == "conj" and c > index]
            if after:
                tree.heads[index] = after[0]
