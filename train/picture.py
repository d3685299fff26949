"""The calibration curve as an SVG picture: of findings told with some likelihood, how many are true."""
import numpy as np


def calibration(scores, truth, thresholds, path):
    likely = 1 / (1 + np.exp(-scores))
    edges = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001])
    x = lambda v: 60 + 440 * v
    y = lambda v: 340 - 300 * v
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 540 400" font-family="sans-serif" font-size="12">',
           '<rect width="540" height="400" fill="#fff"/>',
           f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#bbb" stroke-dasharray="4 4"/>',
           f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" stroke="#333" fill="none"/>']
    for tick in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<text x="{x(tick)}" y="{y(0) + 18}" text-anchor="middle">{tick:g}</text>')
        out.append(f'<text x="{x(0) - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    for name, score in thresholds.items():
        at = 1 / (1 + np.exp(-score))
        out.append(f'<path d="M{x(at):.1f} {y(0)}V{y(1)}" stroke="#8a8" stroke-dasharray="2 3"/>')
        out.append(f'<text x="{x(at):.1f}" y="{y(1) - 6}" text-anchor="middle" fill="#363">{name}</text>')
    points = []
    for low, high in zip(edges, edges[1:]):
        inside = (likely >= low) & (likely < high)
        if inside.sum() < 20:
            continue
        points.append((x(likely[inside].mean()), y(truth[inside].mean())))
        out.append(f'<text x="{points[-1][0] + 6:.1f}" y="{points[-1][1] + 14:.1f}" fill="#666" font-size="10">'
                   f'{int(inside.sum())}</text>')
    if points:
        out.append('<polyline fill="none" stroke="#26c" stroke-width="2" points="'
                   + " ".join(f"{a:.1f},{b:.1f}" for a, b in points) + '"/>')
    out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="#26c"/>' for a, b in points]
    out.append(f'<text x="{x(0.5)}" y="385" text-anchor="middle">likelihood the model gives</text>')
    out.append(f'<text transform="translate(18 {y(0.5)}) rotate(-90)" text-anchor="middle">share that is true</text></svg>')
    with open(path, "w", encoding="utf8") as file:
        file.write("\n".join(out) + "\n")
