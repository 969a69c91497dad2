"""Letters to people, by the mail server that the operator of the machine names; and the link by which a password is set anew."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from zhanggui.desk.models import Invitation, Person


def can_send() -> bool:
    """Whether a mail server is named."""
    return bool(settings.EMAIL_HOST)


def reset_path(person: Person) -> str:
    """Where the person may set a new password, once, within `settings.PASSWORD_RESET_TIMEOUT` seconds."""
    uid, key = user_pk_to_url_str(person), default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def send_reset(email: str, site: str) -> int:
    """A link to everybody of this address; how many. `site` is the installation's address, without a path."""
    persons = list(Person.objects.filter(email__iexact=email, is_active=True).exclude(email=""))
    for person in persons:
        link = site + reset_path(person)
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        if person.language == "en":
            subject, text = (
                "Zhanggui: a new password",
                (
                    f"Somebody, probably you, asked for a new password for “{person.username}”.\n\n{link}\n\n"
                    f"The link works once, within {hours} hours. If it was not you, do nothing: the old password holds."
                ),
            )
        else:
            subject, text = (
                "掌柜：重设密码",
                (
                    f"有人（应该是您）要给「{person.username}」重设密码。\n\n{link}\n\n"
                    f"链接只能用一次，{hours} 小时内有效。如果不是您，不用理会：原密码不变。"
                ),
            )
        send_mail(subject, text, None, [person.email])
    return len(persons)


def send_invitation(invitation: Invitation, link: str, language: str) -> None:
    """The link to the address that was given, in the inviting person's language. Raises what the mail server says (`OSError`)."""
    company = invitation.company.name
    if language == "en":
        subject, text = (
            f"Zhanggui: you are invited to {company}",
            (f"You are invited to work with {company} in Zhanggui.\n\n{link}\n\nThe link works once, within 7 days."),
        )
    else:
        subject, text = f"掌柜：邀请您加入 {company}", f"{company} 邀请您一起用掌柜。\n\n{link}\n\n链接只能用一次，7 天内有效。"
    send_mail(" ".join(subject.split()), text, None, [invitation.email])
