"""Django's settings."""

from pathlib import Path

from zhanggui.site import environment

ZHANGGUI_HOME = environment.home()
SECRET_KEY = environment.secret_key()
DEBUG = False
ALLOWED_HOSTS = environment.value("ZHANGGUI_HOSTS").split(",")
ZHANGGUI_FEED_HOSTS = frozenset(h.strip() for h in environment.value("ZHANGGUI_FEED_HOSTS").split(",") if h.strip())
HTTPS = environment.value("ZHANGGUI_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_q",
    "zhanggui.desk",
]
MIDDLEWARE = [
    "zhanggui.web.middleware.content_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhanggui.api.door.door",
    "zhanggui.web.middleware.letters_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhanggui.web.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhanggui.web.middleware.refusals",
]
ROOT_URLCONF = "zhanggui.site.urls"
WSGI_APPLICATION = "zhanggui.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "zhanggui.web.jinja.environment"},
    },
    {  # the libraries' own few pages
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": environment.database()}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "desk.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zhanggui.desk.tokens.EndWithPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zhanggui.web.accounts.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "invitation": "20/m/ip",
    "api": "300/m/key",
    "api_failed": "20/m/ip",
}
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ADAPTER = "zhanggui.web.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are not verified here; nobody signs up, so nobody takes another's
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Zhanggui"
MFA_TOTP_TOLERANCE = 1  # half a minute that a phone's clock may be off

EMAIL_HOST = environment.value("ZHANGGUI_MAIL_HOST")
EMAIL_PORT = int(environment.value("ZHANGGUI_MAIL_PORT"))
EMAIL_HOST_USER = environment.value("ZHANGGUI_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.value("ZHANGGUI_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.value("ZHANGGUI_MAIL_TLS") == "starttls"
EMAIL_USE_SSL = environment.value("ZHANGGUI_MAIL_TLS") == "ssl"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.value("ZHANGGUI_MAIL_FROM") or EMAIL_HOST_USER

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "web" / "static"]
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR"},
        "zhanggui": {"handlers": ["console"], "level": "INFO"},
    },
}

Q_CLUSTER = {
    "name": "zhanggui",
    "orm": "default",
    "workers": 1,
    "timeout": 1800,
    "retry": 2400,
    "max_attempts": 3,
    "catch_up": False,
    "save_limit": 250,
    "bulk": 1,
    "poll": 2,
    "log_level": "WARNING",
}
