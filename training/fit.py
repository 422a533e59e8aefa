"""Training of the network: all tasks together, learning rate falling to zero over a fixed number of steps."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
import torch.distributed
from torch import Tensor, nn
from torch.nn import functional

from training.batches import IGNORED, LONGEST, PAD, UNKNOWN, Batch, Row, RowBuilder, collate, group, join
from training.network import NAMES, Inventory, Network
from training.sources import Lesson

BATCH = 1_800  # pieces
ENCODER_RATE, HEAD_RATE, LAYER_DECAY = 2.5e-4, 1.5e-3, 0.92
WARM_UP = 0.05
AVERAGING, AVERAGED_EVERY = 0.995, 10  # of the weights, and steps between
SHARED_EVERY = 8  # steps between two means over the processes
PIECE_LOSS = 0.06  # part of the pieces replaced by <unk>
JOINED = 0.25  # part of the sentences joined with those drawn after them
HEADLINES = 0.08  # part of the trees that lose their final mark, as headlines do


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long to train; the result depends on the steps alone, the clock only cuts a run short."""

    steps: int
    seed: int = 1
    minutes: float | None = None  # where given, the schedule follows the clock if that is nearer to the end
    report_every: int = 500
    checkpoint: Path
    start: Path | None = None  # a checkpoint to go on from
    rate: float = 1.0  # of the usual learning rates, for a run that goes on
    rank: int = 0  # of this process among those that learn together
    processes: int = 1


class Averaged:
    """Running average of the weights: better than the last ones, and usable at any time."""

    def __init__(self, network: nn.Module) -> None:
        self.values = {name: p.detach().clone() for name, p in network.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Take a step towards the present weights."""
        keep = min(AVERAGING, (1 + step) / (10 + step))
        for name, parameter in network.named_parameters():
            if name in self.values:
                self.values[name].lerp_(parameter.detach(), 1 - keep)

    def swap(self, network: nn.Module) -> None:
        """Exchange the average and the present weights."""
        for name, parameter in network.named_parameters():
            if name in self.values:
                parameter.data, self.values[name] = self.values[name], parameter.data


def draw_round(lessons: Sequence[tuple[Lesson, list[Row]]], draw: random.Random) -> list[list[Row]]:
    """Batches of one round: of every source its share, some sentences joined, some without final mark."""
    trees: list[Row] = []
    names: list[Row] = []
    for lesson, rows in lessons:
        whole, part_share = divmod(lesson.source.share, 1)
        taken = rows * int(whole) + draw.sample(rows, int(len(rows) * part_share))
        draw.shuffle(taken)
        target = trees if taken and taken[0].is_tree else names
        position = 0
        while position < len(taken):
            count = draw.choice((2, 2, 3)) if draw.random() < JOINED else 1
            part = taken[position : position + count]
            if count == 1 and draw.random() < HEADLINES:
                part = [without_final_mark(part[0])]
            if len(part) > 1 and sum(len(row.pieces) for row in part) > LONGEST:
                part = part[:1]
            target.append(join(part) if len(part) > 1 else part[0])
            position += len(part)
    batches = group(trees, BATCH, draw) + group(names, BATCH, draw)
    draw.shuffle(batches)
    return batches


def without_final_mark(row: Row) -> Row:
    """The tree without its final mark where nothing hangs on that; else the row itself."""
    count = len(row.first)
    if not row.has_mark or row.heads is None or count < 3 or count in row.heads or row.heads[-1] == 0:
        return row
    short = replace(row, pieces=[*row.pieces[: row.first[-1]], row.pieces[-1]], has_mark=False)
    for name in ("first", "last", "sentences", "heads", "relations", "pos", "tags", "features"):
        if (layer := getattr(row, name)) is not None:
            setattr(short, name, layer[:-1])
    return short


def losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Loss of every task that the batch annotates."""
    found: dict[str, Tensor] = {}
    labels = batch.labels
    ends = labels["ends"]
    asked = ends >= 0
    found["ends"] = 0.5 * functional.binary_cross_entropy_with_logits(network.ends(words)[..., 0][asked], ends[asked])
    if not batch.is_tree:
        found["names"] = _name_loss(network.names(words + network.name_corpus(batch.corpora)[:, None]), batch)
        return found
    words = words + network.treebank(batch.corpora)[:, None]
    flat = {"ignore_index": IGNORED}
    found["pos"] = 0.5 * functional.cross_entropy(network.pos(words).flatten(0, 1), labels["pos"].flatten(), **flat)
    if (labels["tags"] >= 0).any():
        found["tags"] = 0.5 * functional.cross_entropy(
            network.tag(words).flatten(0, 1), labels["tags"].flatten(), **flat
        )
    if (labels["features"] >= 0).any():
        found["features"] = _feature_loss(network, words, labels["features"])
    arc_dependent, arc_head, label_dependent, label_head = network.arcs(words)
    scores = network.score_arcs(arc_dependent, arc_head).masked_fill(~batch.allowed, -1e9)
    heads = labels["heads"]
    found["arcs"] = functional.cross_entropy(scores.flatten(0, 1), heads.flatten(), **flat)
    relation = network.score_labels(label_dependent, label_head, heads.clamp(min=0))
    found["labels"] = functional.cross_entropy(relation.flatten(0, 1), labels["relations"].flatten(), **flat)
    return found


def _feature_loss(network: Network, words: Tensor, gold: Tensor) -> Tensor:
    """Sum over the features of their mean loss, each a choice of its own."""
    total = words.new_zeros(())
    for number, scores in enumerate(network.features(words).float().split(network.feature_sizes, -1)):
        asked = gold[..., number] >= 0
        if asked.any():
            total = total + functional.cross_entropy(scores[asked], gold[..., number][asked])
    return 0.25 * total


def _name_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Cross entropy; in a corpus without MISC what is outside may be O or MISC."""
    gold = batch.labels["names"]
    known = functional.log_softmax(scores.float(), -1)
    picked = torch.gather(known, 2, gold.clamp(min=0)[..., None])[..., 0]
    loose = [0, *(i for i, name in enumerate(NAMES) if name.endswith("MISC"))]
    either = known[..., loose].logsumexp(-1)
    picked = torch.where((gold == 0) & ~batch.has_misc[:, None], either, picked)
    return -picked[gold >= 0].mean()


def spoil(batch: Batch) -> None:
    """Replace some pieces by <unk>: the context must tell."""
    inner = batch.pieces > UNKNOWN
    batch.pieces[inner & (torch.rand(batch.pieces.shape) < PIECE_LOSS)] = UNKNOWN


def parameter_groups(network: Network) -> list[dict[str, object]]:
    """The higher the layer, the faster it learns; heads fastest."""
    encoder = network.encoder
    for parameter in encoder.fixed():
        parameter.requires_grad = False
    groups: list[dict[str, object]] = []
    for number, layer in enumerate(encoder.layers):
        if number >= encoder.frozen:
            rate = ENCODER_RATE * LAYER_DECAY ** (len(encoder.layers) - 1 - number)
            groups.append({"params": list(layer.parameters()), "lr": rate})
    inside = {id(p) for p in encoder.parameters()}
    groups.append({"params": [p for p in network.parameters() if id(p) not in inside], "lr": HEAD_RATE})
    return groups


class Trainer:
    """One run: lessons, optimizer, running average of the weights, figures of the last steps."""

    def __init__(self, network: Network, embedding: Tensor, builder: RowBuilder, lessons: Sequence[Lesson], plan: Plan):
        self._network = network
        self._embedding = embedding
        self._plan = plan
        self._draw = random.Random(plan.seed * 1000 + plan.rank)
        torch.manual_seed(plan.seed * 1000 + plan.rank)
        self._taught = [
            (lesson, [row for e in lesson.train if len((row := builder.build(e)).pieces) <= LONGEST])
            for lesson in lessons
        ]
        self._optimizer = torch.optim.AdamW(parameter_groups(network), weight_decay=0.01, fused=True)
        self._rates = [plan.rate * float(part["lr"]) for part in self._optimizer.param_groups]
        self._pending: list[list[Row]] = []
        self._losses: dict[str, float] = {}
        self._seen = 0
        self._began = time.monotonic()
        self.average = Averaged(network)
        self.step = 0

    @property
    def minutes(self) -> float:
        """Minutes since the run began."""
        return (time.monotonic() - self._began) / 60

    @property
    def passed(self) -> float:
        """The part of the plan that is done."""
        part = self.step / self._plan.steps
        return part if self._plan.minutes is None else max(part, self.minutes / self._plan.minutes)

    def take_step(self) -> None:
        """Learn from one batch."""
        rate = max(0.0, min(1, self.passed / WARM_UP + 0.01) * (1 - self.passed))
        for part, full in zip(self._optimizer.param_groups, self._rates, strict=True):
            part["lr"] = full * rate
        if not self._pending:
            self._pending = draw_round(self._taught, self._draw)
        batch = collate(self._pending.pop())
        self._seen += int((batch.pieces > PAD).sum())
        spoil(batch)
        with torch.autocast("cpu", torch.bfloat16):
            words = self._network.words(self._embedding[batch.pieces], batch.bias, batch.first, batch.last)
        found = losses(self._network, batch, self._network.drop(words.float()))
        self._optimizer.zero_grad()
        torch.stack(list(found.values())).sum().backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self.step += 1
        if self.step % AVERAGED_EVERY == 0:
            self.average.update(self._network, self.step // AVERAGED_EVERY)
        for name, value in found.items():
            self._losses[name] = 0.98 * self._losses.get(name, value.item()) + 0.02 * value.item()

    def share_weights(self) -> float:
        """Take the mean of the weights of all processes; the part of the plan that is done, by their mean clock.

        Processes of one thread each, that meet every few steps, lose less on busy cores than threads, which wait for
        one another in every product. Learning apart in between does no harm at these rates (local SGD).
        """
        if self._plan.processes == 1:
            return self.passed
        trained = [p for p in self._network.parameters() if p.requires_grad]
        flat = torch.cat([p.detach().flatten() for p in trained] + [torch.tensor([self.passed])])
        torch.distributed.all_reduce(flat)
        flat /= self._plan.processes
        position = 0
        for p in trained:
            p.data.copy_(flat[position : position + p.numel()].view_as(p))
            position += p.numel()
        return float(flat[-1])

    def describe(self) -> str:
        """Time, steps and losses in one line."""
        shown = " ".join(f"{name} {value:.3f}" for name, value in sorted(self._losses.items()))
        return f"{self.minutes:.1f} min, step {self.step} ({100 * self.passed:.0f} %), {self._seen} pieces, {shown}"


def fit(network: Network, embedding: Tensor, builder: RowBuilder, lessons: Sequence[Lesson], inventory: Inventory,
        plan: Plan, report: Callable[[str], None], develop: Callable[[Network], str]) -> None:  # fmt: skip
    """Train; write and report the averaged weights every so many steps and at the end."""
    if plan.start is not None:
        network.load_state_dict(torch.load(plan.start, weights_only=True)["state"])
    trainer = Trainer(network, embedding, builder, lessons, plan)
    network.train()
    passed = 0.0
    while passed < 1:
        for _ in range(SHARED_EVERY):
            trainer.take_step()
        passed = trainer.share_weights()
        is_due = trainer.step % plan.report_every < SHARED_EVERY or passed >= 1
        if plan.rank == 0 and is_due:
            trainer.average.swap(network)
            save(network, inventory, plan.checkpoint)
            report(f"{trainer.describe()}; {develop(network)}")
            trainer.average.swap(network)
            network.train()
    trainer.average.swap(network)


def save(network: Network, inventory: Inventory, path: Path) -> None:
    """Write the weights and their labels, whole or not at all."""
    partial = path.with_suffix(".partial")
    torch.save({"state": network.state_dict(), "inventory": asdict(inventory)}, partial)
    partial.replace(path)


def load(path: Path) -> tuple[Network, Inventory]:
    """Network and labels of a checkpoint."""
    stored = torch.load(path, weights_only=True)
    inventory = Inventory(**stored["inventory"])
    network = Network(inventory)
    network.load_state_dict(stored["state"])
    return network.eval(), inventory
