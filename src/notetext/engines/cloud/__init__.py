"""What reading by a service takes, whatever the service: the ground floor of every cloud engine.

`task_api` has the contract that a service's package fills in, `service` the words that messages
use of it. Nothing here knows a particular service.
"""
