"""Commands that run something: sandbox, serve, worker, person."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import typer

from zhanggui.cli import judging
from zhanggui.cli.files import progress_bar
from zhanggui.cli.reader import console, fail, t
from zhanggui.cli.shops import prepare_database, the_shop
from zhanggui.desk import demo, founding, presence
from zhanggui.desk.home import home
from zhanggui.desk.models import Company, Person, Shop
from zhanggui.desk.people import add_person, open_shop

DEMO = "demo"
WORKERS = max(1, min(4, os.cpu_count() or 1))  # processes that answer pages


def add_to(app: typer.Typer) -> None:
    app.command("sandbox")(sandbox)
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("person")(person)


def sandbox(
    seed: int = typer.Option(demo.SEED, "--seed", help="种子 seed of the made-up shop"),
    weeks: int = typer.Option(52, "--weeks", help="写多少周 weeks of reports"),
    products: int = typer.Option(120, "--products", help="多少个产品 products"),
    keep: Path = typer.Option(None, "--keep", help="把生成的文件留在这个文件夹 keep the files in this folder"),
    remove: bool = typer.Option(False, "--remove", help="删除演示店铺 remove the demo shop"),
) -> None:
    """生成一个演示店铺，导入、体检、显示今日。 Make a demo shop, import it, check it, show its Today."""
    prepare_database()
    if remove:
        made = Shop.objects.filter(key=DEMO, demo=True).first()
        if made is None:
            fail(t("没有演示店铺。", "there is no demo shop."))
        demo.remove(made, person=None)
        console.print(t("演示店铺已删除。", "The demo shop is removed."))
        return
    shop = open_shop(DEMO, t("演示店铺", "Demo shop"), demo=True)
    names = {"draw": t("生成报表", "drawing"), "import": t("导入", "importing"), "check": t("体检", "checking")}
    with progress_bar() as bar:
        line = bar.add_task(names["draw"], total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(line, description=names[step], completed=done, total=total or None)

        try:
            result = demo.fill(shop, tell, arguments=("--weeks", str(weeks), "--products", str(products)), seed=seed, keep=keep)
        except demo.CannotDraw as error:
            fail(
                t(
                    f"演示数据没有生成（需要开发依赖 xlwt：make setup）：{error}",
                    f"the demo files could not be made (they need xlwt: make setup): {error}",
                )
            )
        except demo.NotADemo:
            fail(
                t(
                    f"代号 {DEMO} 是一个真实店铺，不会写入演示数据。",
                    f"the shop {DEMO} is a real one; no made-up data are written into it.",
                )
            )
    judging.print_agenda(shop, result)
    _demo_person(shop.company_id)


def _demo_person(company_id: int) -> None:
    """Somebody to sign in as. The password is made here and kept in the data folder, readable by its owner only."""
    path = home() / "demo_password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    made = add_person(DEMO, path.read_text(), Company.objects.get(pk=company_id), "owner")
    console.print(
        t(f"\n登录：{made.username} / {path.read_text()}", f"\nSign in as {made.username} / {path.read_text()}"), markup=False
    )


def person(
    username: str = typer.Argument(..., help="登录名 user name"),
    role: str = typer.Option("owner", "--role", help="owner manager operator sales merchandiser designer supply reader"),
    password: str = typer.Option("", "--password", envvar="ZHANGGUI_PASSWORD", help="默认询问 asked for if absent"),
    reset: bool = typer.Option(False, "--reset", help="给出一次性的重设密码链接 print a link that sets a new password once"),
    no_second_factor: bool = typer.Option(
        False, "--no-second-factor", help="关掉他的两步验证（手机丢了） take the second factor off (phone lost)"
    ),
    site: str = typer.Option("http://127.0.0.1:8000", "--site", help="链接里的网址 address of the pages, for the link"),
) -> None:
    """新增一个人，或给他在本店公司的角色；忘了密码、丢了手机时帮他。 Add a person, or give one a role in the shop's company; help one who lost password or phone."""
    if reset or no_second_factor:
        _help(username, reset, no_second_factor, site)
        return
    shop = the_shop()
    known = Person.objects.filter(username=username).exists()
    if not known and not password:
        password = typer.prompt(
            t("密码（至少 10 位）", "Password (10 characters or more)"), hide_input=True, confirmation_prompt=True
        )
    if not known:
        from django.contrib.auth.password_validation import validate_password
        from django.core.exceptions import ValidationError

        try:
            validate_password(password)
        except ValidationError as error:
            fail(" ".join(error.messages), 2)
    try:
        made = add_person(username, password, shop.company, role)
    except ValueError as error:
        fail(str(error), 2)
    console.print(f"{made.username}: {role} · {shop.company.name}", markup=False)


def _help(username: str, reset: bool, no_second_factor: bool, site: str) -> None:
    from zhanggui.desk import letters
    from zhanggui.desk.people import take_off_second_factor

    prepare_database()
    known = Person.objects.filter(username=username).first()
    if known is None:
        fail(t(f"没有叫 {username} 的人", f"there is nobody called {username}"), 2)
    if no_second_factor:
        take_off_second_factor(known)
        console.print(t(f"{username} 的两步验证已关闭", f"the second factor of {username} is off"), markup=False)
    if reset:
        link = site.rstrip("/") + letters.reset_path(known)
        console.print(t("只能用一次，24 小时内有效：", "works once, within 24 hours:"), markup=False)
        console.print(link, markup=False, soft_wrap=True, highlight=False)


def _prepare() -> None:
    prepare_database()
    from zhanggui.jobs import plan_schedule

    plan_schedule()


def serve(
    host: str = typer.Option("127.0.0.1", "--host"),
    port: int = typer.Option(8000, "--port"),
    with_worker: bool = typer.Option(True, "--worker/--no-worker", help="同时运行后台任务 run the worker as well"),
) -> None:
    """打开网页。 Serve the pages."""
    presence.stay("serve")
    _prepare()
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(WORKERS), "--blocking-threads", "4", "--log-level", "warning", "zhanggui.site.wsgi:application"]
    commands = [web]
    if with_worker:
        commands.append([sys.executable, "-m", "zhanggui", "worker"])
    console.print(f"http://{host}:{port}/  (Ctrl-C {t('停止', 'stops')})", markup=False)
    if code := founding.setup_code():
        console.print(
            t(
                f"还没有人能登录。打开上面的网址，用这个设置码开始：{code}",
                f"Nobody can sign in yet. Open the address above and begin with this setup code: {code}",
            ),
            markup=False,
        )
    raise typer.Exit(supervise(commands))


def supervise(commands: list[list[str]]) -> int:
    """Run programs side by side, each in its own process group; when one ends or a signal comes, end all, orphans included."""
    running = [subprocess.Popen(c, start_new_session=True) for c in commands]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    code = 0
    try:
        while all(p.poll() is None for p in running):
            signal.sigtimedwait([signal.SIGCHLD], 1.0)
        code = next((p.returncode for p in running if p.poll() is not None), 0)
    except KeyboardInterrupt:
        pass
    finally:
        for p in running:
            if p.poll() is None:
                p.terminate()
        for p in running:
            with suppress(subprocess.TimeoutExpired):
                p.wait(timeout=10)
            with suppress(ProcessLookupError):
                os.killpg(p.pid, signal.SIGKILL)
    return code


def worker() -> None:
    """后台任务：按计划体检。 The worker: check-ups on schedule."""
    presence.stay("worker")
    _prepare()
    from django.core.management import call_command

    call_command("qcluster", verbosity=0)
