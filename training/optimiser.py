"""Weights in one flat shared array, and the optimiser that several workers run on their own part of it.

The master copy is float32; the workers compute with one shared bfloat16 copy. Gradients meet in a shared buffer.
"""

import itertools

import torch

BETAS, EPSILON = (0.9, 0.99), 1e-7
MOMENTUM = 0.95
AVERAGE_EVERY = 4
# Muon (Jordan et al. 2024): the quintic iteration that pulls all singular values towards 1
QUINTIC = (3.4445, -4.7750, 2.0315)


def laid_out(flat, parameter, start):
    """A view of the flat array in the shape of the parameter; convolutions are stored channels-last."""
    values = flat[start : start + parameter.numel()]
    if parameter.dim() == 4:
        out, inner, height, width = parameter.shape
        return values.view(out, height, width, inner).permute(0, 3, 1, 2)
    return values.view(parameter.shape)


def orthogonalised(matrix, rounds=4):
    """The matrix with its singular values near 1: [rows, columns] in bfloat16."""
    a, b, c = QUINTIC
    x = matrix.to(torch.bfloat16)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return (x.T if tall else x).float()


class FlatWeights:
    """The shared arrays, and which slice of them each worker updates. Slices end at parameters' ends."""

    def __init__(self, module, workers):
        named = sorted(module.named_parameters(), key=lambda item: -item[1].numel())
        parts = [named[rank::workers] for rank in range(workers)]
        self.named = list(itertools.chain(*parts))
        sizes = [sum(parameter.numel() for _, parameter in part) for part in parts]
        self.bounds = [0, *itertools.accumulate(sizes)]
        self.starts = [0, *itertools.accumulate(parameter.numel() for _, parameter in self.named)]
        total = self.starts[-1]
        self.master = torch.empty(total).share_memory_()
        for view, (_, parameter) in zip(self.views(self.master), self.named):
            view.copy_(parameter.data)
        self.average = self.master.clone().share_memory_()
        self.first, self.second = torch.zeros(total).share_memory_(), torch.zeros(total).share_memory_()
        self.low = self.master.to(torch.bfloat16).share_memory_()
        self.gradients = torch.zeros(workers, total, dtype=torch.bfloat16).share_memory_()
        self.step, self.seconds = 0, 0.0

    def views(self, flat):
        return [laid_out(flat, parameter, start) for (_, parameter), start in zip(self.named, self.starts)]

    def averaged_views(self):
        return dict(zip((name for name, _ in self.named), self.views(self.average)))

    def attach(self, module):
        """Lets the module compute with the shared bfloat16 copy."""
        parameters = dict(module.to(torch.bfloat16).named_parameters())
        for (name, _), view in zip(self.named, self.views(self.low)):
            parameters[name].data = view
        self.live = [parameters[name] for name, _ in self.named]

    def share_gradients(self, rank):
        for view, parameter in zip(self.views(self.gradients[rank]), self.live):
            if parameter.grad is not None:
                view.copy_(parameter.grad)

    def state(self):
        """What a resumed run needs, in half the space of float32 where that does no harm."""
        return dict(
            names=[name for name, _ in self.named],
            master=self.master.clone(),
            average=self.average.clone(),
            first=self.first.to(torch.bfloat16),
            second=self.second.to(torch.bfloat16),
        )

    def load(self, state, step, seconds):
        if state["names"] != [name for name, _ in self.named]:
            raise ValueError("The checkpoint was made with another network or number of workers.")
        for name in ("master", "average", "first", "second"):
            getattr(self, name).copy_(state[name])
        self.low.copy_(self.master)
        self.step, self.seconds = step, seconds


class FlatOptimiser:
    """Adam on one worker's slice; with `muon`, orthogonalised momentum for the UNet's inner matrices."""

    def __init__(self, weights, rank, muon):
        self.weights = weights
        self.part = slice(weights.bounds[rank], weights.bounds[rank + 1])
        self.matrices = []
        self.adam = torch.ones(self.part.stop - self.part.start, dtype=torch.bool)
        for (name, parameter), start in zip(weights.named, weights.starts):
            if muon and self._is_inner_matrix(name, parameter) and self.part.start <= start < self.part.stop:
                own = start - self.part.start
                rows, count = parameter.shape[0], parameter.numel()
                self.matrices.append((slice(own, own + count), rows))
                self.adam[own : own + count] = False

    @staticmethod
    def _is_inner_matrix(name, parameter):
        return name.startswith("model.u.") and parameter.dim() >= 2 and min(parameter.shape[:2]) > 4

    def step(self, rate, max_norm, step):
        """Updates this worker's slice from the mean gradient. Returns that gradient's norm."""
        weights, part = self.weights, self.part
        gradient = weights.gradients[:, part].sum(0, dtype=torch.float32) / len(weights.gradients)
        norm = gradient.norm().item()
        if norm > max_norm:
            gradient *= max_norm / norm
        first, second = weights.first[part], weights.second[part]
        update = self._adam(gradient, first, second, step)
        for where, rows in self.matrices:
            first[where].mul_(MOMENTUM).add_(gradient[where])
            nesterov = gradient[where] + MOMENTUM * first[where]
            matrix = orthogonalised(nesterov.view(rows, -1))
            update[where] = matrix.mul_(0.2 * max(matrix.shape) ** 0.5).flatten()
        master = weights.master[part]
        master.sub_(update, alpha=rate)
        weights.low[part].copy_(master)
        if step % AVERAGE_EVERY == 0:
            decay = min(0.999, (1 + step) / (20 + step)) ** AVERAGE_EVERY
            weights.average[part].lerp_(master, 1 - decay)
        return norm

    def _adam(self, gradient, first, second, step):
        """Adam's step for the whole slice; the matrices' own momentum is left alone."""
        adam = self.adam
        if self.matrices:
            fresh_first = torch.where(adam, first * BETAS[0] + gradient * (1 - BETAS[0]), first)
            first.copy_(fresh_first)
        else:
            first.lerp_(gradient, 1 - BETAS[0])
        second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
        count = min(step + 1, 10000)
        corrected = (second / (1 - BETAS[1] ** count)).sqrt_().add_(EPSILON)
        return first / (1 - BETAS[0] ** count) / corrected
