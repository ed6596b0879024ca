"""Signs as botocore does: reads a JSON list of requests from stdin, writes address and Authorization of each."""

import datetime
import json
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.utils import percent_encode, percent_encode_sequence

answers = []
for case in json.load(sys.stdin):
    moment = datetime.datetime.fromtimestamp(case["time"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: (
        moment.replace(tzinfo=None) if remove_tzinfo else moment
    )
    url = case["endpoint"] + "/" + case["bucket"]
    if case["key"]:
        url += "/" + percent_encode(case["key"], safe="-._~/")
    if case["query"]:
        url += "?" + percent_encode_sequence(sorted(case["query"].items()))
    request = AWSRequest(case["method"], url, data=case["body"].encode(), headers=case["headers"])
    if url.startswith("https"):
        request.context["client_config"] = Config(s3={"payload_signing_enabled": False})
    credentials = Credentials(case["accessKey"], case["secretKey"], case["token"] or None)
    botocore.auth.S3SigV4Auth(credentials, "s3", case["region"]).add_auth(request)
    answers.append({"url": url, "authorization": request.headers["Authorization"]})
json.dump(answers, sys.stdout)
