"""The numbers that a notice of the monitor rests on, as a person reads them."""

from PySide6.QtCore import QCoreApplication

from sr_desktop.runs.notices import Notice
from sr_desktop.ui.training import words


def _tr(text: str) -> str:
    return QCoreApplication.translate("Evidence", text)


def line(notice: Notice) -> str:
    """Return all of them on one line."""
    return " · ".join(f"{name(each)} {words.number(value)}" for each, value in notice.evidence.items())


def name(given: str) -> str:
    """Return what a number is, with its unit; those of other versions of the program as their names say it."""
    return names().get(given) or given.replace("_db", " (dB)").replace("_", " ")


def names() -> dict[str, str]:
    """Return the words for every number that the monitor gives."""
    return {
        "at_most_db": _tr("at most (dB)"),
        "below_best_db": _tr("below the best (dB)"),
        "best_psnr_db": _tr("best PSNR (dB)"),
        "best_step": _tr("best step"),
        "bypass_loss_ratio": _tr("loss ratio of the shallow bypass"),
        "change_db": _tr("change (dB)"),
        "checks": _tr("checks"),
        "dead_share": _tr("share of dead channels"),
        "deviation_at_start": _tr("deviation at the start"),
        "expected_gain_db": _tr("expected gain (dB)"),
        "first_at_step": _tr("first at step"),
        "first_gradient": _tr("gradient of the first layer"),
        "gradient_over_weight": _tr("gradient over weight"),
        "largest_change_of_a_weight": _tr("largest possible change of a weight"),
        "largest_value": _tr("largest value"),
        "layer": _tr("layer"),
        "leaps": _tr("leaps"),
        "learning_rate": _tr("learning rate"),
        "loss": _tr("loss"),
        "loss_at_first": _tr("loss at first"),
        "loss_fall_db_per_doubling": _tr("fall of the loss per doubling of the steps (dB)"),
        "loss_fell_since_by": _tr("the loss fell since by"),
        "loss_over_first": _tr("loss over the first"),
        "loss_over_lowest": _tr("loss over the lowest"),
        "losses_not_finite": _tr("losses not finite"),
        "noise_db": _tr("noise (dB)"),
        "output_over_target_spread": _tr("spread of the output over that of the pictures"),
        "output_spread": _tr("spread of the output"),
        "over_steps": _tr("over so many steps"),
        "overfit_loss_ratio": _tr("loss ratio on a single batch"),
        "pictures": _tr("pictures"),
        "pictures_not_finite": _tr("pictures not finite"),
        "pixels": _tr("pixels"),
        "psnr_db": _tr("PSNR (dB)"),
        "share_explained_by_bicubic": _tr("share explained by bicubic"),
        "share_without_detail": _tr("share without detail"),
        "signal_kept_per_layer": _tr("signal kept per layer"),
        "smallest_correlation": _tr("smallest correlation"),
        "smallest_value": _tr("smallest value"),
        "spread_of_shifts_pixels": _tr("spread of the shifts (pixels)"),
        "standard_error": _tr("standard error"),
        "standard_error_db": _tr("standard error (dB)"),
        "target_spread": _tr("spread of the pictures"),
        "windows": _tr("windows"),
    }
