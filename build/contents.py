"""What PyInstaller would collect and the program never uses; each line says what it is.

Found by looking at what is loaded while the program shows its window, enlarges, trains, evaluates and opens weights, and
by the sizes of what remained. `smoke/frozen.sh` is the proof that nothing more was taken away.
"""

import re
from pathlib import Path

EXCLUDED_MODULES = [
    "tkinter",  # Pillow's own window
    "IPython",
    "matplotlib",
    "pandas",
    "scipy",
    "setuptools",
    "pkg_resources",
    "pip",
    "wheel",
    "pytest",
    "_pytest",
    "hypothesis",
    "tensorboard",
    "torch.utils.tensorboard",  # we write event files ourselves
    "torch.testing._internal.common_device_type",  # torch's own tests; a few modules beside them are part of torch
    "torch.testing._internal.common_distributed",
    "torch.testing._internal.common_methods_invocations",
    "torch.testing._internal.common_modules",
    "torch.testing._internal.common_nn",
    "torch.testing._internal.common_optimizers",
    "torch.testing._internal.common_utils",
    "torch.testing._internal.distributed",
    "torch.testing._internal.opinfo",
    "torch.utils.benchmark",
    "torch.utils.bottleneck",
    "torch.distributed.elastic",  # many machines
    "torch._inductor.codegen",  # compiles with a C++ compiler, which nobody has
    "torch._inductor.kernel",
    "functorch.dim",
    "cv2.gapi",  # OpenCV's graph interface
    "numpy.f2py",
    "PySide6.QtNetwork",  # the program talks to nobody; with it go OpenSSL and Kerberos:
    "ssl",
    "_ssl",
    "_hashlib",  # what `hashlib` has itself is enough for us
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",  # QtOpenGL and QtOpenGLWidgets stay: pyqtgraph does not load without them
    "requests",  # for downloads by the libraries
    "urllib3",
    "certifi",
    "charset_normalizer",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "readline",  # for Python's own prompt
    "sqlite3",
    "fsspec",  # torch's way to remote files
    "jinja2",
    "networkx",
    "pygments",
    "rich",
    "yaml",
]

_UNNEEDED = re.compile(
    r"""
    ^torch/(test|include|share)/            # torch's C++ tests, headers, CMake files
    | ^torch/bin/(?!torch_shm_manager)      # C++ test programs and protoc; torch looks for torch_shm_manager at import
    | ^torch/lib/lib(aoti_custom_ops|backend_with_compiler|jitbackend_test|torchbind_test)\.so    # for its tests
    | ^hypothesis-.*\.dist-info/
    | ^torch/.*\.(pyi|h|hpp|cuh|a|lib|jinja|txt|md|yaml|template)$
    | ^sympy/.*/(tests|benchmarks)/
    | ^PySide6/Qt/qml/
    | ^PySide6/Qt/translations/(?!qt(base)?_(en|zh_CN))
    | ^PySide6/Qt/plugins/(egldeviceintegrations|generic|networkinformation|qmltooling|sqldrivers|tls)/
    | ^PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.so    # screens without a desktop
    | ^PySide6/Qt/plugins/platformthemes/libqgtk3\.so    # dialogs come through the desktop's portal instead; with it go:
    | ^lib(atk-1\.0|atk-bridge-2\.0|atspi|cairo|cairo-gobject|datrie|epoxy|fribidi|gdk-3|gdk_pixbuf-2\.0|gtk-3|pango-1\.0
        |pangocairo-1\.0|pangoft2-1\.0|pixman-1|thai|tracker-sparql-3\.0|json-glib-1\.0|gio-2\.0|gmodule-2\.0|gobject-2\.0|wayland-egl
        |mount|blkid|selinux)\.so
    | ^lib(com_err|gssapi_krb5|k5crypto|keyutils|krb5|krb5support)\.so
    | ^libQt6(EglFS\w*|Network)\.so          # names for what is left out below
    | ^PySide6/Qt/lib/libQt6(Designer|EglFS|Network|Pdf|Qml|Quick|Sql|Test|VirtualKeyboard)[A-Za-z0-9]*\.so
    | ^(PySide6/)?(Qt6(Qml|Quick|Network|Sql|VirtualKeyboard|Pdf|Designer)\w*|opengl32sw)\.dll$
    | opencv_videoio_ffmpeg.*\.dll$         # film
    """,
    re.VERBOSE,
)

_READS_SOURCES = re.compile(r"install_config_module|jit\.script|_overload|script_if_tracing|getsource")
"""In these modules torch reads Python's source text when they are imported; all others need only their compiled form."""


def is_unneeded(place: str, source: str) -> bool:
    """Tell whether a file is left out.

    Args:
        place: Where it would be in the folder.
        source: Where it is now.
    """
    place = place.replace("\\", "/")
    if place.startswith("torch/") and place.endswith(".py"):
        return not _READS_SOURCES.search(Path(source).read_text(encoding="utf-8"))
    return _UNNEEDED.search(place) is not None
