"""The configuration of nginx, read by nginx itself."""

import os
import shutil
import subprocess

import pytest

from tests.conftest import BASE_DIR

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CONFIGURATION = BASE_DIR / "deploy" / "nginx"
MAIN = """
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    include conf.d/*.conf;
}}
"""
pytestmark = pytest.mark.skipif(not NGINX, reason="there is no nginx: apt-get install nginx")


def installed(folder, machine="atlas/machine.conf"):
    """The configuration as docs/deploy.md installs it, but for paths that only root can write."""
    shutil.copytree(CONFIGURATION / "atlas", folder / "atlas")
    (folder / "conf.d").mkdir()
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    (folder / "atlas/name.conf").write_text("server_name atlas.example.org;", encoding="utf-8")
    texts = {
        folder / "conf.d/atlas.conf": CONFIGURATION / "atlas.conf",
        folder / "atlas/machine.conf": CONFIGURATION / machine,
    }
    for target, source in texts.items():
        text = source.read_text("utf-8").replace("/var/cache/nginx/atlas", f"{folder}/cache")
        text = text.replace("/var/log/nginx", str(folder))
        target.write_text(
            text.replace("web1:", "127.0.0.1:").replace("web2:", "127.0.0.2:"), "utf-8"
        )
    subprocess.run(  # noqa: S603 # ours
        ["/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-subj", "/CN=atlas.example.org", "-days", "1",
         "-keyout", folder / "atlas/key.pem", "-out", folder / "atlas/certificate.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder / "nginx.conf"


def read_by_nginx(main):
    command = [NGINX, "-t", "-c", main]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # ours


@pytest.mark.parametrize("machine", ["atlas/machine.conf", "compose.conf"])
def test_nginx_can_read_it(tmp_path, machine):
    main = installed(tmp_path, machine)

    tested = read_by_nginx(main)

    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr


def test_a_fault_would_be_found(tmp_path):
    main = installed(tmp_path)
    with (tmp_path / "atlas/limits.conf").open("a", encoding="utf-8") as file:
        file.write("limit_reqs on;\n")

    tested = read_by_nginx(main)

    assert tested.returncode == 1
